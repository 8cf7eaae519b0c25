import * as beauty from './beauty-pictures.js';
import * as clothing from './clothing-pictures.js';
import * as home from './home-pictures.js';
import type { Draw, Motif } from './motif.js';
import * as pantry from './pantry-pictures.js';
import { palette, type PaletteName } from './palettes.js';
import { circle, ellipse, path, rect } from './shapes.js';
import * as stationery from './stationery-pictures.js';
import * as tea from './tea-pictures.js';

const motifs: Readonly<Record<Motif, Draw>> = { ...tea, ...pantry, ...home, ...clothing, ...beauty, ...stationery };

const backdrops: readonly ((halo: string) => string)[] = [
  (halo) => circle(300, 290, 220, halo),
  (halo) => path('M110 600V280a190 190 0 0 1 380 0V600Z', halo),
  (halo) => rect(0, 400, 600, 200, halo) + circle(430, 170, 84, halo),
  (halo) => path('M0 430Q150 350 300 420T600 400V600H0Z', halo) + circle(150, 150, 64, halo),
];

/** The picture of a product as an SVG document, 600 × 600. The same look always gives the same bytes. */
export function productPicture(look: { readonly motif: Motif; readonly palette: PaletteName }, title: string): string {
  const colours = palette(look.palette);
  const backdrop = backdrops[Array.from(look.motif).reduce((sum, char) => sum + char.charCodeAt(0), 0) % backdrops.length]!;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600" role="img"><title>${title.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</title>`
    + rect(0, 0, 600, 600, colours.ground) + backdrop(colours.halo) + ellipse(300, 474, 180, 16, colours.dark, 'opacity=".16"') + motifs[look.motif](colours) + '</svg>';
}

/** Three things on one table, for the head of the home page. */
export function stillLife(): string {
  const p = palette('celadon');
  const place = (x: number, y: number, scale: number, drawn: string): string => `<g transform="translate(${x} ${y}) scale(${scale})">${drawn}</g>`;
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600" width="900" height="600">' + rect(0, 0, 900, 600, '#f6ead2') + circle(620, 220, 120, '#f3cf9b')
    + path('M0 380Q120 240 260 330Q380 180 540 320Q680 220 900 340V600H0Z', '#cbdccb') + path('M0 440Q160 330 320 410Q520 300 900 420V600H0Z', '#a3c0b0') + rect(0, 500, 900, 100, '#7d5a43') + rect(0, 500, 900, 12, '#97715a')
    + place(30, 122, 0.82, motifs.vase(p)) + place(275, 122, 0.82, motifs.teapot(palette('clay'))) + place(560, 192, 0.66, motifs.gaiwan(palette('sea'))) + '</svg>';
}

/** The shop's sign, also the icon of its tab. */
export const shopMark = (): string => '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">' + circle(20, 20, 20, '#1f5c4a') + circle(27, 13, 4.5, '#f3cf9b')
  + path('M4 29l10-13 7 8 5-5 10 10a20 20 0 0 1-32 0Z', '#cfe3d4') + path('M4 29l10-13 5 6-9 13a20 20 0 0 1-6-6Z', '#fff') + '</svg>';

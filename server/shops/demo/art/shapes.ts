/** Short words for SVG elements; every picture is made of these. */
export const rect = (x: number, y: number, w: number, h: number, fill: string, r = 0, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"${more && ` ${more}`}/>`;
export const circle = (x: number, y: number, r: number, fill: string, more = ''): string => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"${more && ` ${more}`}/>`;
export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${more && ` ${more}`}/>`;
export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}"${more && ` ${more}`}/>`;
export const stroke = (d: string, colour: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${more && ` ${more}`}/>`;
export const turn = (degrees: number, x: number, y: number, ...inside: readonly string[]): string => `<g transform="rotate(${degrees} ${x} ${y})">${inside.join('')}</g>`;

/** A leaf with its stem at (x, y), pointing along `degrees`. */
export const leaf = (x: number, y: number, length: number, degrees: number, fill: string): string =>
  turn(degrees, x, y, path(`M${x} ${y}C${x + length * 0.25} ${y - length * 0.34} ${x + length * 0.75} ${y - length * 0.3} ${x + length} ${y}C${x + length * 0.75} ${y + length * 0.3} ${x + length * 0.25} ${y + length * 0.34} ${x} ${y}Z`, fill));

/** A small flower of five petals. */
export const flower = (x: number, y: number, r: number, petal: string, heart: string): string =>
  [0, 72, 144, 216, 288].map((angle) => turn(angle, x, y, ellipse(x, y - r * 0.62, r * 0.42, r * 0.6, petal))).join('') + circle(x, y, r * 0.3, heart);

import { css, svg, type SVGTemplateResult } from 'lit';

export interface Slice { readonly label: string; /** Index of the prize; `null` wins nothing. */ readonly prize: number | null }

/** One slice for each prize and one for all blanks; a short list is repeated until the disc has four. */
export function slicesOf(titles: readonly string[], blank: string | undefined): Slice[] {
  const once = [...titles.map((label, prize): Slice => ({ label, prize })), ...(blank ? [{ label: blank, prize: null }] : [])];
  return once.length > 3 ? once : Array(Math.ceil(4 / (once.length || 1))).fill(once).flat() as Slice[];
}

/** One line of a label, as large as `most` allows and its slice is wide there; Chinese characters are as wide as high. */
function line(text: string, radius: number, most: number, half: number): SVGTemplateResult {
  const shown = text.length > 12 ? `${text.slice(0, 11)}…` : text;
  const width = [...shown].reduce((sum, each) => sum + (each > '⺀' ? 1 : 0.62), 0);
  return svg`<text y=${-radius} font-size=${Math.min(most, 1.85 * radius * Math.tan(half) / width)}>${shown}</text>`;
}

/** The picture of a wheel in a box of 328: the ring, the disc turned by `angle` degrees, the pointer. It says nothing to screen readers. */
export function wheelPicture(slices: readonly Slice[], angle: number): SVGTemplateResult {
  const { length } = slices, step = 360 / length, half = step * Math.PI / 360;
  const x = 142 * Math.sin(half), y = -142 * Math.cos(half);
  return svg`<circle class="rim" r="150"/><g class="disc" transform="rotate(${angle})">${slices.map(({ label, prize }, at) => {
    const [, big = label, rest = ''] = /^([ -~¥]{1,8}|.{2,}?) (.+)/.exec(label) ?? [];
    return svg`<g transform="rotate(${at * step})" class=${prize === null ? 'blank' : at % 2 ? 'b' : at && at === length - 1 ? 'c' : 'a'}><path d="M0 0L${-x} ${y}A142 142 0 0 1 ${x} ${y}Z"/>${line(big, 104, rest ? 25 : 15, half)}${line(rest, 85, 14, half)}</g>`;
  })}</g><circle class="lamps" r="150" pathLength="24"/><circle class="hub" r="25"/><path d="M0-13l4 8 9 1-7 6 2 9-8-4-8 4 2-9-7-6 9-1z"/><path class="pointer" d="M-12-160h24L0-126z"/>`;
}

export const pictureStyles = css`
  svg { display: block; inline-size: min(100%, 308px); aspect-ratio: 1; overflow: visible; }
  text { font-weight: 600; text-anchor: middle; fill: var(--_text); }
  path { fill: var(--_accent); stroke: var(--_surface); stroke-width: 1.5; } .a text { fill: var(--_on-accent); }
  .b path { fill: color-mix(in srgb, var(--_accent) 15%, var(--_surface)); }
  .c path { fill: color-mix(in srgb, var(--_accent) 32%, var(--_surface)); }
  .blank path { fill: var(--_surface); } .blank text { fill: var(--_muted); }
  circle { fill: none; stroke: var(--_accent); stroke-width: 16; }
  .rim { filter: drop-shadow(0 4px 6px rgb(0 0 0 / .22)); }
  circle.lamps { stroke: var(--_surface); stroke-width: 5; stroke-linecap: round; stroke-dasharray: 0 1; }
  circle.hub { fill: var(--_surface); stroke-width: 3; }
  .pointer { fill: var(--_text); stroke-width: 3; }
`;

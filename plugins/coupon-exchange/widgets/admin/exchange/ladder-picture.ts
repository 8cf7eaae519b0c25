import { html, svg, type TemplateResult } from 'lit';
import { formatMoney, formatNumber } from 'guanxi/kit';

export interface Bar { readonly from: number; readonly to: number | null; readonly count: number }
const [WIDTH, HEIGHT, TOP, FOOT] = [640, 220, 46, 24];

export const spanOf = ({ from, to }: Pick<Bar, 'from' | 'to'>): string => `${formatMoney(from)}${to === null ? '+' : `–${formatMoney(to)}`}`;

/** Orders by what they were worth, with a line where each minimum stands; a bar opens its orders. The words and the table around it say the same. */
export function ladderPicture(bars: readonly Bar[], minimums: readonly { readonly label: string; readonly at: number }[], label: string, open: (bar: Bar) => void): TemplateResult {
  const step = (bars[0]?.to ?? 1) - (bars[0]?.from ?? 0) || 1;
  const end = Math.max(step * bars.length, ...minimums.map(({ at }) => at * 1.05));
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const x = (value: number): number => (value / end) * WIDTH;
  const floor = HEIGHT - FOOT;
  const high = (count: number): number => (count / most) * (floor - TOP);
  return html`<svg class="ladder" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${bars.map((bar) => svg`<rect class="bar" @click=${() => { open(bar); }} x=${x(bar.from)} y=${floor - high(bar.count)} width=${Math.max(1, x(step) - 2)} height=${high(bar.count)}><title>${spanOf(bar)}: ${formatNumber(bar.count)}</title></rect>`)}
    ${minimums.map(({ label: name, at }, i) => svg`<line class="rung" x1=${x(at)} x2=${x(at)} y1=${18 + (i % 2) * 18} y2=${floor}></line><text x=${Math.min(x(at) + 4, WIDTH - 4)} y=${14 + (i % 2) * 18} text-anchor=${x(at) > WIDTH * 0.75 ? 'end' : 'start'}>${name}</text>`)}
    <text x="0" y=${HEIGHT - 6}>${formatMoney(0)}</text><text x=${WIDTH} y=${HEIGHT - 6} text-anchor="end">${formatMoney(Math.round(end))}</text></svg>`;
}

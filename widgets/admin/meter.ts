import { css, html, type TemplateResult } from 'lit';

/** From which share on a meter warns. */
export const NEAR = 0.8;

/** A bar that shows how much of a limit is used; from 80 % on it warns. `text` says the same in words. */
export function meter(label: string, used: number, limit: number, text: string): TemplateResult {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  const tone = share >= 1 ? 'over' : share >= NEAR ? 'near' : '';
  return html`<div class="meter ${tone}"><div class="spread"><span>${label}</span><span class="muted small num">${tone ? html`<gx-icon name="alert"></gx-icon> ` : ''}${text}</span></div>
    <div class="track" role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(share * 100)} aria-valuetext=${text}><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=${(used > 0 ? Math.max(1, share * 100) : 0).toFixed(1)} height="8"></rect></svg></div></div>`;
}

export const meterStyles = css`
  .meter .track { block-size: 8px; margin-block-start: 4px; border-radius: 999px; background: var(--gx-sunken); overflow: hidden; }
  .meter svg { display: block; inline-size: 100%; block-size: 100%; fill: var(--gx-accent); }
  .meter.near svg { fill: var(--gx-warning); } .meter.over svg { fill: var(--gx-danger); }
  .meter.near gx-icon { color: var(--gx-warning); } .meter.over gx-icon { color: var(--gx-danger); }
  .meter gx-icon { inline-size: 1em; block-size: 1em; vertical-align: -.1em; }
`;

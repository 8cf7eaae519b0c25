import { css, html, nothing, type TemplateResult } from 'lit';
import { formatDate, formatDateTime } from 'guanxi/kit';
import type { Review, Say } from './review-types.js';

export const rowStyles = css`
  .review { display: grid; gap: 6px; padding: 16px; border-block-start: 1px solid var(--gx-border); }
  .review:focus-visible { outline-offset: -2px; }
  .review .head { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; }
  .review .head gx-badge { white-space: normal; }
  @container page (max-width: 560px) { .review .head gx-badge { order: 2; } }
  .review h3 { overflow-wrap: anywhere; }
  .review time { margin-inline-start: auto; white-space: nowrap; }
  .text { max-inline-size: 76ch; white-space: pre-line; overflow-wrap: anywhere; }
  .cut { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
  .meta { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; color: var(--gx-muted); font-size: var(--gx-font-small); }
  .meta > * { overflow-wrap: anywhere; min-inline-size: 0; }
  .meta .verified { display: inline-flex; gap: 4px; align-items: center; color: var(--gx-success); }
  .answer { display: grid; gap: 4px; margin-block-start: 4px; padding: 10px 14px; border-inline-start: 3px solid var(--gx-accent); border-radius: 0 var(--gx-radius) var(--gx-radius) 0; background: var(--gx-sunken); }
  .editor { display: grid; gap: 8px; margin-block-start: 4px; max-inline-size: 76ch; }
  .acts { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 4px; }
`;

/** Longer texts begin folded. */
const LONG = 500;
export const REPLY_MAX = 4000;

export interface RowState { readonly open: boolean; readonly editing: boolean; readonly draft: string; readonly busy: boolean; readonly problem: string }
export interface RowActs {
  fold(): void;
  edit(on: boolean): void;
  type(text: string): void;
  reply(): void;
  takeBack(): void;
  handle(handled: boolean): void;
  show(visible: boolean): void;
  product(sku: string): void;
}

/** `staff:Lin` → `Lin`. */
const who = (actor: string | null, say: Say): string => actor?.replace(/^\w+:/, '') || say('admin.somebody');

function meta(review: Review, say: Say, acts: RowActs): TemplateResult {
  const { personId, authorName, verified, sku, productTitle, language, source } = review;
  const name = authorName ?? say('someone');
  return html`<div class="meta">
    ${personId ? html`<a href="/admin/customers/${personId}" dir="auto">${name}</a>` : html`<span dir="auto">${name}</span>`}
    ${verified ? html`<span class="verified"><gx-icon name="check"></gx-icon>${say('verified')}</span>` : nothing}
    ${sku ? html`<button type="button" class="link-button" title=${say('admin.row.product', { sku })} @click=${() => acts.product(sku)}><span dir="auto">${productTitle ?? sku}</span></button>` : productTitle ? html`<span dir="auto">${productTitle}</span>` : nothing}
    <span>${say(`admin.language.${language}`)}</span>
    <span>${say(source === 'shop' ? 'admin.row.fromShop' : 'admin.row.fromImport')}</span>
  </div>`;
}

function answer(review: Review, state: RowState, say: Say, acts: RowActs): TemplateResult | typeof nothing {
  if (state.editing) {
    return html`<form class="editor" @submit=${(event: Event) => { event.preventDefault(); acts.reply(); }}>
      <wa-textarea label=${say('admin.reply.label')} hint=${say('admin.reply.hint')} rows="4" resize="auto" maxlength=${REPLY_MAX} dir="auto" .value=${state.draft} @input=${(event: Event) => acts.type((event.target as HTMLTextAreaElement).value)}></wa-textarea>
      <div role="alert" class="negative">${state.problem}</div>
      <div class="row"><wa-button type="submit" size="s" variant="brand" ?loading=${state.busy} ?disabled=${!state.draft.trim()}>${say(review.reply === null ? 'admin.reply.send' : 'admin.reply.save')}</wa-button><wa-button size="s" appearance="outlined" @click=${() => acts.edit(false)}>${say('admin.cancel')}</wa-button></div>
    </form>`;
  }
  if (review.reply === null) return nothing;
  return html`<div class="answer"><div class="muted small">${review.repliedBy ? say('admin.reply.by', { who: who(review.repliedBy, say), when: formatDateTime(review.repliedAt ?? review.writtenAt) }) : say('admin.reply.imported')}</div><p class="text" dir="auto">${review.reply}</p>
    <div class="row small"><button type="button" class="link-button" @click=${() => acts.edit(true)}>${say('admin.reply.edit')}</button><button type="button" class="link-button" @click=${() => acts.takeBack()}>${say('admin.reply.takeBack')}</button></div></div>`;
}

/** A review as staff see it, with everything that can be done about it. Texts are bound as text, whatever they hold. */
export function reviewRow(review: Review, state: RowState, say: Say, acts: RowActs): TemplateResult {
  const { stars, positive, title, body, state: shown, handledAt, handledBy, hiddenAt, hiddenBy, writtenAt, language } = review;
  const long = body.length > LONG;
  const about = title || body.slice(0, 40);
  return html`<article class="review" tabindex="-1" data-id=${review.id} aria-label=${say('admin.row.label', { author: review.authorName ?? say('someone'), date: formatDate(writtenAt) })}>
    <div class="head">
      ${stars === null ? positive === null ? nothing : html`<gx-badge tone=${positive ? 'success' : 'danger'}>${say(positive ? 'admin.good' : 'admin.bad')}</gx-badge>` : html`<gx-stars value=${stars}></gx-stars>`}
      ${shown === 'hidden' ? html`<gx-badge tone="warning" icon="eye-off">${hiddenAt === null ? say('admin.row.waitsForCheck') : say('admin.row.hidden', { who: who(hiddenBy, say), when: formatDateTime(hiddenAt) })}</gx-badge>` : nothing}
      ${handledAt === null ? nothing : html`<gx-badge tone="success" icon="check">${say('admin.row.handled', { who: who(handledBy, say), when: formatDateTime(handledAt) })}</gx-badge>`}
      <time class="muted small num" datetime=${new Date(writtenAt).toISOString()} title=${formatDateTime(writtenAt)}>${formatDate(writtenAt)}</time>
    </div>
    <div lang=${language === 'other' ? nothing : language}>${title ? html`<h3 dir="auto">${title}</h3>` : nothing}${body ? html`<p class="text ${long && !state.open ? 'cut' : ''}" dir="auto">${body}</p>` : html`<p class="muted">${say('admin.row.erased')}</p>`}</div>
    ${long ? html`<div><button type="button" class="link-button small" aria-expanded=${state.open ? 'true' : 'false'} @click=${() => acts.fold()}>${say(state.open ? 'less' : 'more')}</button></div>` : nothing}
    ${meta(review, say, acts)}
    ${answer(review, state, say, acts)}
    <div class="acts">
      ${review.reply === null && !state.editing ? html`<wa-button size="s" appearance="outlined" ?disabled=${state.busy} aria-label=${say('admin.act.replyTo', { about })} @click=${() => acts.edit(true)}><gx-icon slot="start" name="message"></gx-icon>${say('admin.act.reply')}</wa-button>` : nothing}
      <wa-button size="s" appearance="outlined" ?disabled=${state.busy} @click=${() => acts.handle(handledAt === null)}><gx-icon slot="start" name=${handledAt === null ? 'check' : 'refresh'}></gx-icon>${say(handledAt === null ? 'admin.act.handle' : 'admin.act.reopen')}</wa-button>
      <wa-button size="s" appearance="outlined" ?disabled=${state.busy} @click=${() => acts.show(shown === 'hidden')}><gx-icon slot="start" name=${shown === 'hidden' ? 'eye' : 'eye-off'}></gx-icon>${say(shown === 'hidden' ? 'admin.act.show' : 'admin.act.hide')}</wa-button>
    </div>
  </article>`;
}

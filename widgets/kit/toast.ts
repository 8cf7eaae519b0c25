import type { GxToasts } from './toasts.element.js';

export type ToastTone = 'neutral' | 'success' | 'warning' | 'danger';

/** A short notice in the corner, read out politely. Errors stay until they are dismissed. */
export function toast(text: string, tone: ToastTone = 'neutral'): void {
  let stack = document.querySelector<GxToasts>('gx-toasts');
  if (!stack) {
    stack = document.createElement('gx-toasts') as GxToasts;
    document.body.append(stack);
  }
  stack.add(text, tone);
}

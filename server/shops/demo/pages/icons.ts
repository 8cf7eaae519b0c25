import { Html } from './html.js';

const shapes = {
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.2 3.6-6.5 7.5-6.5s6.9 2.3 7.5 6.5"/>',
  bag: '<path d="M5.5 8h13l1 12.5h-15z"/><path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>',
  gift: '<path d="M4 10.5h16v10H4zM3 7h18v3.5H3zM12 7v13.5"/><path d="M12 7C9 7 7 5.8 7 4.3 7 2.3 10.5 2 12 7c1.5-5 5-4.7 5-2.7C17 5.8 15 7 12 7Z"/>',
  coin: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5 13.3 10.6 16.6 10.9 14.1 13.1 14.9 16.3 12 14.6 9.1 16.3 9.9 13.1 7.4 10.9 10.7 10.6Z"/>',
  truck: '<path d="M2.5 6.5h11v10h-11zM13.5 10h4l4 3.5v3h-8z"/><circle cx="7" cy="17.5" r="2"/><circle cx="17" cy="17.5" r="2"/>',
  back: '<path d="M4 9h11a5 5 0 0 1 0 10h-4"/><path d="M8 5 4 9l4 4"/>',
  tick: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
} as const;

/** A line drawing of 24 × 24; decoration only, the words stand beside it or in a label. */
export const icon = (name: keyof typeof shapes): Html =>
  new Html(`<svg class="icon" viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`);

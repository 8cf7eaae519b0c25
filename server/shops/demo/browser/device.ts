import { bearer, call } from './api.js';

const KEY = 'gx-device', TOLD = 'gx-device-told';

/** This browser's random name, kept here alone; the server stores a keyed hash of it for 90 days. */
function device(): string {
  const known = localStorage.getItem(KEY);
  if (known) return known;
  const made = crypto.randomUUID();
  localStorage.setItem(KEY, made);
  return made;
}

/** Tells once for each person who is signed in here, so that many accounts of one browser are seen as one. Nothing depends on the answer. */
async function tell(): Promise<void> {
  const token = bearer();
  if (token === undefined) return;
  try {
    if (localStorage.getItem(TOLD) === token) return;
    await call('/api/storefront/me/device', { device: device() });
    localStorage.setItem(TOLD, token);
  } catch { /* Forbidden storage or no connection: rewards are given without it. */ }
}
addEventListener('guanxi:identity', () => { void tell(); });
void tell();

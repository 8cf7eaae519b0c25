/** What a clock in `zone` shows at an instant (UTC ms), as a `datetime-local` input writes it: `2026-11-22T09:30`. */
export function toLocal(at: number | null, zone: string): string {
  if (at === null) return '';
  return new Date(at).toLocaleString('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).replace(' ', 'T');
}

/** The instant (UTC ms) at which a clock in `zone` shows `text`; null for nothing. Where a clock skips the hour, the moment after. */
export function fromLocal(text: string, zone: string): number | null {
  const wanted = Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return null;
  let at = wanted;
  // Twice: the first guess may stand on the other side of a change of the clock.
  for (let pass = 0; pass < 2; pass++) at += wanted - Date.parse(`${toLocal(at, zone)}Z`);
  return at;
}

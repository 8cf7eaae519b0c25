import { DAY, HOUR, MINUTE, refused, SECOND } from '../../plugin-api/index.js';

/** The furthest the demo's clock moves at once. */
export const LONGEST_ADVANCE = 400 * DAY;

const SHAPE = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds: `P1D`, `PT6H`, `P2DT30M`.
 * Months and years are refused because their length depends on the calendar.
 * @throws GX_DURATION (422) for anything else, for negative durations and for more than 400 days
 */
export function durationMs(text: string): number {
  const parts = SHAPE.exec(text);
  if (!parts) throw refused('GX_DURATION', `"${text.slice(0, 40)}" is not a duration that the clock can take. Write it like P1D, PT6H or P2DT30M; it only moves forward.`);
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  const ms = weeks * 7 * DAY + days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
  if (ms > LONGEST_ADVANCE) throw refused('GX_DURATION', 'The clock moves at most 400 days at once. Write P400D or less.');
  return ms;
}

import type { Tone } from '../kit/badge.element.js';
import type { ActivityRow } from './api-types.js';

/** How the badge of each state looks. */
export const TONES: Readonly<Record<ActivityRow['state'], Tone>> = { draft: 'neutral', checked: 'info', scheduled: 'info', live: 'success', paused: 'warning', ended: 'neutral', settled: 'neutral', archived: 'neutral' };

import type { RawApiClient } from '../../runtime/api-client.js';
import type { MarketDetail, Moved } from './market-types.js';

const PAUSE_MS = 700;
/** Beyond that a merchant is told what went wrong so far; the host goes on trying. */
const PATIENCE_MS = 30_000;

export type Standing = Pick<Moved, 'state' | 'working' | 'lastError'>;

/** Waits until the hooks of a change have run, and tells `hear` of every look; answers how it ended, or how it stands when it takes too long. */
export async function settledInstall(api: RawApiClient, plugin: string, moved: Standing, hear?: (now: Standing) => void): Promise<Standing> {
  let now = moved;
  for (const began = performance.now(); now.working && now.state !== 'failed' && performance.now() - began < PATIENCE_MS;) {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    now = await api.get<MarketDetail>(`/marketplace/${plugin}`);
    hear?.(now);
  }
  return now;
}

/** Spreads a text over 0 … 9,999, the same text always to the same place (FNV-1a). */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  // The last signs reach the high bits only by a final mix.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % 10_000;
}

/** Whether somebody is among those who are not shown a reward; always the same for one person and reward. `share` in basis points. */
export const isHeldOut = (personId: string, rewardId: string, share: number): boolean => share > 0 && placeOf(`${rewardId}/${personId}`) < share;

/** Works through `items` in order, so many at once; answers in their order. What fails ends all. */
export async function sideBySide<T, R>(lanes: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]!);
    }
  }));
  return results;
}

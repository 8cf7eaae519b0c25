export interface Shared { readonly person: string; readonly kind: string; readonly hash: string }

/** People who share a signal, directly or through others, have one root (union-find); it is the smallest id of its cluster. */
export function clustersOf(signals: readonly Shared[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let top = id;
    for (let next = parent.get(top); next !== undefined && next !== top; next = parent.get(top)) top = next;
    for (let at = id; at !== top;) { const next = parent.get(at)!; parent.set(at, top); at = next; }
    return top;
  };
  const first = new Map<string, string>();
  for (const { person, kind, hash } of signals) {
    if (!parent.has(person)) parent.set(person, person);
    const name = `${kind}|${hash}`, other = first.get(name);
    if (other === undefined) { first.set(name, person); continue; }
    const [left, right] = [root(person), root(other)];
    if (left !== right) parent.set(left < right ? right : left, left < right ? left : right);
  }
  return new Map([...parent.keys()].map((id) => [id, root(id)]));
}

/** For each person and kind of signal, how many others share it; of several devices the most shared one. */
export function sharedCounts(signals: readonly Shared[]): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const people = new Map<string, Set<string>>();
  for (const { person, kind, hash } of signals) {
    const name = `${kind}|${hash}`;
    people.set(name, (people.get(name) ?? new Set()).add(person));
  }
  const counts = new Map<string, Record<string, number>>();
  for (const { person, kind, hash } of signals) {
    const mine = counts.get(person) ?? {};
    mine[kind] = Math.max(mine[kind] ?? 0, people.get(`${kind}|${hash}`)!.size - 1);
    counts.set(person, mine);
  }
  return counts;
}

/** What is wrong with the declaration of conditions: each names a toggle or choice declared above its field, and a value of it. */
export function conditionFaults(fields: Readonly<Record<string, { readonly kind: string; readonly visibleWhen?: unknown; readonly options?: unknown }>>): readonly { readonly name: string; readonly fault: string }[] {
  const names = Object.keys(fields);
  return names.flatMap((name, index) => {
    const when = fields[name]?.visibleWhen as { field?: unknown; is?: unknown } | undefined;
    if (when === undefined) return [];
    const at = names.indexOf(String(when.field));
    const other = fields[String(when.field)];
    if (!other || at >= index || (other.kind !== 'toggle' && other.kind !== 'choice')) return [{ name, fault: `visibleWhen.field has to name a toggle or choice declared above "${name}"` }];
    const values: unknown[] = other.kind === 'toggle' ? [true, false] : Array.isArray(other.options) ? other.options.map((each: { value?: unknown }) => each.value) : [];
    return values.includes(when.is) ? [] : [{ name, fault: `visibleWhen.is is no value of "${String(when.field)}"` }];
  });
}

/** Registers an element once; a second class for the same tag is ignored with one warning, so that two copies of the kit never break a page. */
export function define(tag: string, element: CustomElementConstructor): void {
  const existing = customElements.get(tag);
  if (!existing) customElements.define(tag, element);
  else if (existing !== element) console.warn(`<${tag}> is already defined by another copy of the kit; the first one stays.`);
}

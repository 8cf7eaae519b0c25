interface Updating { readonly updateComplete?: Promise<unknown> }

function* customIn(root: ParentNode): Generator<Element & Updating> {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName.includes('-')) yield element;
    if (element.shadowRoot) yield* customIn(element.shadowRoot);
  }
}

const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()));

async function quiet(root: ParentNode): Promise<void> {
  const seen = new Set<Element>();
  for (;;) {
    const fresh = [...customIn(root)].filter((element) => !seen.has(element));
    if (!fresh.length) break;
    for (const element of fresh) seen.add(element);
    await Promise.all(fresh.map(async (element) => {
      await customElements.whenDefined(element.localName);
      await element.updateComplete?.catch(() => undefined);
    }));
  }
  await frame();
  await frame();
}

/**
 * Resolves when everything under `root` has its final size: all tags defined, all updates done, two frames passed. What is shown
 * earlier moves. Gives up after `limitMs`, so that one unknown tag (or a background tab, which has no frames) hides nothing for ever.
 */
export const settled = (root: ParentNode, limitMs = 1500): Promise<void> =>
  Promise.race([quiet(root), new Promise<void>((done) => setTimeout(done, limitMs))]);

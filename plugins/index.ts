/** The bundled plugins: an id and where its built files lie. Nothing of a plugin is imported here; the host does that after its checks. */
export const bundledPlugins: readonly { readonly id: string; readonly root: URL }[] = ['reviews-monitor', 'interaction-games', 'questionnaires', 'coupon-exchange', 'membership', 'store-credit']
  .map((id) => ({ id, root: new URL(`./${id}/`, import.meta.url) }));

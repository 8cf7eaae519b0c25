import { expect } from 'chai';
import { builtPlugin, onEachServer } from 'guanxi/testing';

onEachServer('my-plugin', { plugins: [builtPlugin(import.meta.url)] }, (server) => {
  before(() => server().install('my-plugin'));

  it('counts one like per shopper and takes it back', async () => {
    const path = '/api/storefront/plugins/my-plugin/products/TEA-1/likes';
    const [ann, ben] = [await server().shopper(), await server().shopper()];
    for (const shopper of [ann, ann, ben]) await shopper.must('PUT', path, { liked: true });
    expect(await ann.must('GET', path)).to.deep.equal({ likes: 2, liked: true });
    expect(await ben.must('PUT', path, { liked: false })).to.deep.equal({ likes: 1, liked: false });
    expect(await (await server().admin()).must('GET', '/api/admin/plugins/my-plugin/top')).to.deep.equal({ items: [{ sku: 'TEA-1', title: 'TEA-1', likes: 1 }] });
  });
});

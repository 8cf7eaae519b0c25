import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';

interface Entry { readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly why?: { readonly kind: string; readonly source: string } }

onEachServer('a customer\'s timeline', {}, (server) => {
  it('says of points what moved them, and writes amounts as people do', async () => {
    const admin = await server().admin();
    const shopper = await server().shopper();
    await server().order(shopper, [{ sku: 'TEA-LJ01', quantity: 10 }]);
    await admin.must('POST', `/api/admin/customers/${shopper.personId}/adjustments`, { amount: 1200, reason: 'Sorry for the wait' });
    await admin.must('POST', `/api/admin/customers/${shopper.personId}/adjustments`, { amount: -1, reason: 'A test' });
    const { items } = await admin.must<{ items: Entry[] }>('GET', `/api/admin/customers/${shopper.personId}/timeline`);
    const told = items.map(({ title, why }) => [title.en.replace(/^Order #\d+/, 'Order'), title['zh-CN'].replace(/#\d+/, '#'), why?.source]);
    expect(told).to.deep.include.members([['+1,200 points', '+1,200 积分', 'core.adjustment'], ['-1 point', '-1 积分', 'core.adjustment'], ['Order: ¥1,680.00', '订单 #：¥1,680.00', undefined]]);
  });
});

import { expect } from 'chai';
import { onEachServer, type HttpClient } from '../../kit/index.js';

interface Problem { readonly status: number; readonly title: string; readonly detail: string; readonly fields: Readonly<Record<string, string>> }

onEachServer('messages beside fields', {}, (server) => {
  let admin: HttpClient;
  before(async () => {
    await server().install('coupon-exchange');
    admin = await server().admin();
  });
  const put = async (path: string, body: unknown, locale: string): Promise<Problem> => (await admin.put<Problem>(path, body, { headers: { 'accept-language': locale } })).body;
  const post = async (path: string, body: unknown, locale: string): Promise<Problem> => (await admin.post<Problem>(path, body, { headers: { 'accept-language': locale } })).body;

  it('are in the reader’s language, for every kind of mistake', async () => {
    const wrong = { name: 'x'.repeat(121), dayStartHour: 24, locale: 'fr', more: 1 };
    expect(await put('/api/admin/settings', wrong, 'en')).to.deep.include({ status: 422, fields: { name: 'must have at most 120 characters', zone: 'is missing', dayStartHour: 'must be at most 23', locale: 'is not one of the choices', more: 'unknown field' } });
    expect(await put('/api/admin/settings', wrong, 'zh-CN')).to.deep.include({ title: '部分内容填写有误', fields: { name: '最多 120 个字符', zone: '必填', dayStartHour: '不能大于 23', locale: '不在可选范围内', more: '未知字段' } });
    expect((await put('/api/admin/settings', wrong, 'zh-CN')).detail, 'one language in a sentence').to.contain('name (must have at most 120 characters)');
    expect((await put('/api/admin/settings', { name: ' ', zone: 3, dayStartHour: 1.5, locale: 'en' }, 'zh-CN')).fields).to.deep.equal({ name: '不能为空', zone: '应为文字', dayStartHour: '应为整数' });
  });

  it('and their title are in the shop’s language where a reader names none', async () => {
    const { shop } = server().context(), bearer = { authorization: `Bearer ${admin.bearer ?? ''}`, 'content-type': 'application/json' };
    const words = async (): Promise<Problem> => (await fetch(`${server().url}/api/admin/settings`, { method: 'PUT', headers: { ...bearer, 'accept-language': '*' }, body: '{}' })).json() as Promise<Problem>;
    expect(await words()).to.deep.include({ title: shop.locale === 'en' ? 'Some fields are not valid' : '部分内容填写有误' }).and.to.have.nested.property('fields.zone', shop.locale === 'en' ? 'is missing' : '必填');
  });

  it('are so for a plugin’s routes, its own rules and its settings', async () => {
    const draft = { title: { en: 'A', 'zh-CN': '甲' }, kind: 'amount', discount: 0, minimum: 0, cost: 0, stock: null, perPerson: 1, validDays: 1 };
    const path = '/api/admin/plugins/coupon-exchange/rewards';
    expect((await post(path, draft, 'zh-CN')).fields).to.deep.equal({ cost: '不能小于 1', discount: '应大于 0' });
    expect((await post(path, { ...draft, cost: 1 }, 'en')).fields).to.deep.equal({ discount: 'must be more than 0' });
    expect((await put('/api/admin/installs/coupon-exchange/settings', { values: { restoreDays: -1, strange: true } }, 'zh-CN')).fields).to.have.all.keys('restoreDays', 'strange');
    expect((await put('/api/admin/installs/coupon-exchange/settings', { values: { restoreDays: 100_000 } }, 'zh-CN')).fields['restoreDays']).to.match(/^不能大于/);
  });
});

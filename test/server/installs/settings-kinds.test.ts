import { expect } from 'chai';
import { manifestSchema, settingsSchema, type Manifest, type SettingFields } from '../../../server/plugin-api/index.js';
import { onEachServer } from '../../kit/index.js';
import { livesManifest, livesPlugin } from './lives-fixture.js';

const both = (text: string): { en: string; 'zh-CN': string } => ({ en: text, 'zh-CN': text });
const fields: SettingFields = {
  style: { kind: 'choice', label: both('Style'), default: 'plain', options: [{ value: 'plain', label: both('Plain') }, { value: 'badge', label: both('Badge') }] },
  text: { kind: 'text', label: both('Text'), max: 5, default: 'new', visibleWhen: { field: 'style', is: 'badge' } },
  gift: { kind: 'product', label: both('Gift'), default: null, visibleWhen: { field: 'style', is: 'badge' } },
  mottos: { kind: 'list', label: both('Mottos'), max: 2, maxLength: 4, default: [] },
};

describe('a condition of a setting', () => {
  const faults = (settings: SettingFields): string[] => (manifestSchema.safeParse({ ...livesManifest(), settings }).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  const toggle = { kind: 'toggle', label: both('On'), default: true } as const, note = { kind: 'text', label: both('Note'), default: '' } as const;

  it('names a toggle or choice above its field and one of its values', () => {
    expect(faults(fields)).to.deep.equal([]);
    const wrong: readonly (readonly [Manifest['settings'] & object, RegExp])[] = [
      [{ on: toggle, note: { ...note, visibleWhen: { field: 'off', is: true } } }, /^settings\.note\.visibleWhen: .*declared above "note"/],
      [{ note: { ...note, visibleWhen: { field: 'on', is: true } }, on: toggle }, /declared above "note"/],
      [{ one: note, note: { ...note, visibleWhen: { field: 'one', is: 'x' } } }, /toggle or choice/],
      [{ on: toggle, note: { ...note, visibleWhen: { field: 'on', is: 'yes' } } }, /no value of "on"/],
    ];
    for (const [settings, says] of wrong) expect(faults(settings).join()).to.match(says);
  });

  it('leaves a hidden field unchecked, with its value where that is right and its default where it is not', () => {
    const values = { style: 'plain', text: 'far too long', gift: null, mottos: [] };
    expect(settingsSchema(fields).parse(values)).to.deep.equal({ ...values, text: 'new' });
    expect(settingsSchema(fields).parse({ ...values, text: 'kept' })).to.deep.include({ text: 'kept' });
    expect(settingsSchema(fields).safeParse({ ...values, style: 'badge' }).success).to.equal(false);
  });
});

onEachServer('settings that hold a product or a list', { get plugins() { return [livesPlugin(livesManifest({ settings: fields }))]; } }, (server) => {
  const save = async (values: Record<string, unknown>) => (await server().admin()).put<{ values: Record<string, unknown>; code?: string; fields?: Record<string, string> }>('/api/admin/installs/lives/settings', { values });
  before(() => server().install('lives'));

  it('are saved as they were entered and reach the plugin', async () => {
    const admin = await server().admin();
    const { items: [product] } = await admin.must<{ items: { sku: string; title: string }[] }>('GET', '/api/admin/products?limit=1');
    const found = await admin.must<{ items: { sku: string }[] }>('GET', `/api/admin/products?search=${encodeURIComponent(product!.sku.toLowerCase())}`);
    expect(found.items.map(({ sku }) => sku)).to.include(product!.sku);
    const values = { style: 'badge', text: 'new', gift: product!.sku, mottos: ['b', 'a'] };
    expect((await save(values)).status).to.equal(200);
    expect((await admin.must<{ settings: object }>('GET', '/api/admin/plugins/lives/notes')).settings).to.deep.equal(values);
  });

  it('are refused by field when the product is not the shop\'s or the list is not right', async () => {
    const whole = { style: 'badge', text: 'new', gift: null, mottos: [] };
    for (const [field, value] of [['gift', 'no-such-sku'], ['mottos', ['a', 'b', 'c']], ['mottos', ['long one']], ['mottos', [' ']], ['mottos', 'a']] as const) {
      const { status, body } = await save({ ...whole, [field]: value });
      expect([status, body.code, Object.keys(body.fields ?? {})[0]?.split('.')[0]], JSON.stringify(value)).to.deep.equal([422, 'GX_SETTINGS', field]);
    }
    expect((await save({ ...whole, style: 'plain', gift: 'no-such-sku' })).status, 'hidden').to.equal(200);
  });
});

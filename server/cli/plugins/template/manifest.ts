import type { Manifest } from 'guanxi/plugin';

export const manifest = {
  id: 'my-plugin',
  version: '0.1.0',
  api: '^1.1',
  widgetRuntime: 1,
  listing: {
    title: { en: 'My plugin', 'zh-CN': 'My plugin' },
    summary: { en: 'Shoppers like products; you see what they like most.', 'zh-CN': '顾客为商品点赞，你能看到最受喜爱的商品。' },
    icon: 'heart', category: 'other',
    changes: [{ version: '0.1.0', date: '2026-01-01', notes: { en: 'The first version.', 'zh-CN': '首个版本。' } }],
  },
  capabilities: [
    { name: 'db', reason: { en: 'Keeps likes in its own table.', 'zh-CN': '在自己的数据表中保存点赞。' } },
    { name: 'products.read', reason: { en: 'Names the products that are liked.', 'zh-CN': '显示被点赞商品的名称。' } },
  ],
  settings: {
    label: { kind: 'text', max: 40, default: '', label: { en: 'Text on the button', 'zh-CN': '按钮文字' }, help: { en: 'Empty: “Like”.', 'zh-CN': '留空则显示“喜欢”。' } },
  },
  personalData: [{ entity: 'plg_my_plugin_like', subject: 'person_id', fields: ['person_id', 'sku'], onErase: 'delete',
    titles: { person_id: { en: 'customer number', 'zh-CN': '顾客编号' }, sku: { en: 'product', 'zh-CN': '商品' } },
  }],
  widgets: [
    { name: 'overview', surface: 'admin', slot: 'page', module: 'overview.js', title: { en: 'My plugin', 'zh-CN': 'My plugin' }, icon: 'heart', weight: 80 },
    { name: 'like', surface: 'storefront', slot: 'product-below', module: 'like.js', title: { en: 'Like', 'zh-CN': '喜欢' }, minHeight: 120 },
  ],
  events: { emits: [], handles: ['customer.merged'] },
  jobs: [],
  locales: ['en', 'zh-CN'],
} as const satisfies Manifest;

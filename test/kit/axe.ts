import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { tool } from './tool.js';

export interface AxeOptions {
  /** Selectors to leave out, e.g. a third party's frame. */
  readonly exclude?: readonly string[];
  /** Only this part of the page. */
  readonly include?: string;
  /** Rules to switch off; say why at the call. */
  readonly disable?: readonly string[];
}
interface Violation { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string; readonly failureSummary?: string }[] }

let script: Promise<string> | undefined;
/** As small as it comes: it goes through a pipe and is compiled anew for each document. */
const axeScript = (): Promise<string> => script ??= tool('axe-core', () => readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));

/**
 * What axe finds on the page: WCAG 2.2 A and AA and the best practices, one text per finding; empty when all is well.
 * It is evaluated by the debugger, not as a script of the page, so that our content security policy stays as it is.
 */
export async function axeFindings(page: Page, options: AxeOptions = {}): Promise<string[]> {
  const source = await axeScript();
  const session = await page.context().newCDPSession(page);
  try {
    // Once per document: what has run before runs faster.
    const there = await session.send('Runtime.evaluate', { expression: 'typeof axe' });
    if (there.result.value === 'undefined') await session.send('Runtime.evaluate', { expression: source });
    const context = { ...(options.include ? { include: [[options.include]] } : {}), exclude: (options.exclude ?? []).map((selector) => [selector]) };
    const rules = Object.fromEntries([['target-size', { enabled: true }], ...(options.disable ?? []).map((rule) => [rule, { enabled: false }])]) as Record<string, { enabled: boolean }>;
    const scope = options.include || options.exclude?.length ? JSON.stringify(context) : 'document';
    const answer = await session.send('Runtime.evaluate', {
      expression: `axe.run(${scope}, ${JSON.stringify({ resultTypes: ['violations'], rules })}).then((result) => result.violations)`, awaitPromise: true, returnByValue: true,
    });
    if (answer.exceptionDetails) throw new Error(`axe could not run: ${answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text}`);
    return (answer.result.value as Violation[]).flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, html, failureSummary }) =>
      `${id} (${impact ?? 'unknown'}): ${help}\n  at ${target.map(String).join(' > ')}\n  ${html.slice(0, 300)}\n  ${failureSummary?.replaceAll('\n', '\n  ') ?? ''}`));
  } finally { await session.detach(); }
}

/** Throws one readable error with every finding. */
export async function expectAccessible(page: Page, where: string, options: AxeOptions = {}): Promise<void> {
  const found = await axeFindings(page, options);
  if (found.length) throw new Error(`axe finds ${found.length} on ${where}:\n${found.join('\n')}`);
}

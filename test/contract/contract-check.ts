import type { Finding } from '../../server/packages/finding.js';
import type { ContractLab } from './contract-lab.js';

/**
 * One rule of the contract that every plugin is held to. `stage` says what it needs: `files` runs none of the plugin's code and decides whether
 * any of it may run, `code` imports it, `host` needs a host on which it runs, `browser` a Chromium besides.
 */
export interface ContractCheck {
  /** Short and stable; `only` and the titles of tests name it. */
  readonly name: string;
  readonly title: string;
  readonly stage: 'files' | 'code' | 'host' | 'browser';
  /** Whether it depends on the database, so that it is carried out on every engine. */
  readonly everyEngine?: true;
  /** Everything that is wrong; the findings' codes say which part of the rule was broken. */
  run(lab: ContractLab): Promise<readonly Finding[]>;
}

/** One sentence that begins with the plugin's place, ends with the remedy and is worth its own line. */
export const finding = (code: Finding['code'], message: string): Finding => ({ code, message });
/** Told, and no reason to refuse the plugin. */
export const remark = (code: Finding['code'], message: string): Finding => ({ code, message, warning: true });
/** What somebody threw, on one line. */
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);

import type { LocalisedText } from '../../kit/setting-fields.js';

// `GET /api/admin/system/plugins` as the page reads it. Times in milliseconds; `at`, `since` and `…At` are instants.

export interface HandlerRun {
  readonly surface: string; readonly name: string; readonly calls: number; readonly failures: number; readonly timeouts: number; readonly refused: number; readonly detached: number; readonly stalls: number;
  readonly p50Ms: number; readonly p95Ms: number; readonly slowestMs: number; readonly lastAt: number; readonly lastError: { readonly at: number; readonly code: string; readonly text: string } | null;
}
export interface QuotaRun { readonly name: string; readonly used: number; readonly limit: number; readonly granted: number; readonly resetsAt: number | null; readonly estimated: boolean }
/** An outside service; `last` is the status it answered last, or the code of what went wrong. */
export interface OutboundRun { readonly host: string; readonly calls: number; readonly failures: number; readonly slowestMs: number; readonly last: string; readonly lastAt: number }
export interface PluginRun {
  readonly id: string; readonly title: LocalisedText; readonly version: string | null; readonly state: string; readonly code: string | null; readonly error: string | null; readonly reason: string | null;
  readonly warnings: readonly { readonly code: string; readonly title: string; readonly message: string }[]; readonly bootMs: Readonly<Record<string, number>>; readonly install: string | null;
  readonly health: { readonly ok: boolean; readonly message: string | null; readonly at: number } | null;
  readonly suspensions: readonly { readonly surface: string; readonly state: 'open' | 'half-open'; readonly since: number; readonly retryInMs: number; readonly reason: string }[];
  readonly handlers: readonly HandlerRun[]; readonly stalls: readonly { readonly at: number; readonly ms: number; readonly surface: string; readonly name: string }[]; readonly growths: readonly { readonly at: number; readonly mb: number; readonly surface: string; readonly name: string }[]; readonly quotas: readonly QuotaRun[]; readonly outbound: readonly OutboundRun[];
}
export interface RunsAnswer { readonly since: number; readonly thresholdMs: number; readonly unexplainedStalls: number; readonly memory: { readonly usedMb: number; readonly limitMb: number }; readonly plugins: readonly PluginRun[] }

export const failuresOf = (run: PluginRun): number => run.handlers.reduce((sum, { failures, timeouts, detached }) => sum + failures + timeouts + detached, 0);
/** What is worth a line: everything that was called, and of the start, whose time stands elsewhere, only what failed. */
export const handlersOf = (run: PluginRun): readonly HandlerRun[] => run.handlers.filter(({ surface, calls, failures, timeouts, refused, detached }) => failures + timeouts + refused + detached > 0 || (calls > 0 && surface !== 'boot'));
export const slowestOf = (run: PluginRun): number => Math.max(0, ...handlersOf(run).map(({ slowestMs }) => slowestMs));

import { GxError, type Localised } from '../../plugin-api/index.js';

export type ProblemCode = 'ragged' | 'encoding' | 'missing' | 'date' | 'amount' | 'negative' | 'count' | 'duplicate' | 'unmatched-return' | 'no-join' | 'refused' | 'file';

/** Why a row was not taken, or (`taken: true`) what was odd about one that was. */
export interface ImportProblem { readonly row: number; readonly code: ProblemCode; readonly message: string; readonly taken: boolean }

export interface ImportReport {
  /** Rows below the header, blank ones not counted. */
  readonly read: number;
  /** Orders, refunds, customers, products or rows that are new or changed. */
  readonly taken: number;
  readonly unchanged: number;
  /** Rows not taken. */
  readonly skipped: number;
  /** How often each kind of problem was met. */
  readonly counts: Readonly<Partial<Record<ProblemCode, number>>>;
  /** The first 1,000. */
  readonly problems: readonly ImportProblem[];
  readonly cancelled: boolean;
}

const MOST_PROBLEMS = 1_000;

/** Collects what happened; memory does not grow with the file. */
export class ReportBuilder {
  read = 0;
  taken = 0;
  unchanged = 0;
  skipped = 0;
  readonly #problems: ImportProblem[] = [];
  readonly #counts: Partial<Record<ProblemCode, number>> = {};

  /** A row that is left out. */
  skip(row: number, code: ProblemCode, message: string): void { this.skipped += 1; this.#note({ row, code, message, taken: false }); }
  /** A record that a broken rule keeps out; anything but a broken rule is thrown on. */
  skipRefused(row: number, error: unknown): void {
    if (!(error instanceof GxError) || error.status >= 500) throw error;
    this.skip(row, 'refused', error.message);
  }
  /** Something odd about a row that is taken all the same. */
  remark(row: number, code: ProblemCode, message: string): void { this.#note({ row, code, message, taken: true }); }

  #note(problem: ImportProblem): void {
    this.#counts[problem.code] = (this.#counts[problem.code] ?? 0) + 1;
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }

  build(cancelled = false): ImportReport {
    return { read: this.read, taken: this.taken, unchanged: this.unchanged, skipped: this.skipped, counts: { ...this.#counts }, problems: [...this.#problems], cancelled };
  }
}

/** What the kinds of problems are called in front of a merchant. */
export const PROBLEM_NAMES: Readonly<Record<ProblemCode, Localised>> = {
  ragged: { en: 'Too many or too few cells', 'zh-CN': '单元格数量不符' }, encoding: { en: 'Unreadable characters', 'zh-CN': '字符无法识别' },
  missing: { en: 'A required value is missing', 'zh-CN': '缺少必填内容' }, date: { en: 'Unreadable or impossible date', 'zh-CN': '日期无效' },
  amount: { en: 'Unreadable amount', 'zh-CN': '金额无效' }, negative: { en: 'Negative amount', 'zh-CN': '金额为负' }, count: { en: 'Unreadable number', 'zh-CN': '数量无效' },
  duplicate: { en: 'The id appears twice', 'zh-CN': '编号重复' }, 'unmatched-return': { en: 'A return without its purchase', 'zh-CN': '退货找不到对应购买' },
  'no-join': { en: 'Not found in the companion file', 'zh-CN': '在关联文件中找不到' }, refused: { en: 'Refused by the module', 'zh-CN': '被模块拒绝' }, file: { en: 'Damaged file', 'zh-CN': '文件损坏' },
};

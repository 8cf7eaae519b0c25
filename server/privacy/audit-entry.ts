import { createHash } from 'node:crypto';
import type { Instant } from '../plugin-api/index.js';

/** One line of a shop's audit. Names persons by id only, never by name or address. */
export interface AuditEntry {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface AuditRow {
  readonly seq: number; readonly at: number; readonly actor: string; readonly action: string; readonly target: string;
  readonly detail: string; readonly prev_hash: string; readonly hash: string;
}

/** SHA-256 over everything a line says, its shop and the line before it. */
export const auditHash = (shopId: number, row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256').update(JSON.stringify([shopId, row.seq, row.at, row.actor, row.action, row.target, row.detail, row.prev_hash])).digest('hex');

export const auditEntry = (row: AuditRow): AuditEntry => ({
  seq: row.seq, at: row.at, actor: row.actor, action: row.action, target: row.target, hash: row.hash,
  detail: JSON.parse(row.detail) as Record<string, unknown>,
});

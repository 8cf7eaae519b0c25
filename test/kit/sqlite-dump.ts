import Database from 'better-sqlite3';

const quoted = (value: unknown): string => {
  if (value === null) return 'NULL';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Buffer.isBuffer(value)) return `X'${value.toString('hex')}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
};

/** A SQLite database as SQL text: tables, rows, then indexes and triggers. */
export function dumpSqlite(file: string): string {
  const database = new Database(file, { readonly: true });
  database.defaultSafeIntegers();
  try {
    const objects = database.prepare("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, rowid").all() as { type: string; name: string; sql: string }[];
    const lines: string[] = [];
    for (const { type, name, sql } of objects) {
      lines.push(`${sql};`);
      if (type !== 'table') continue;
      for (const row of database.prepare(`SELECT * FROM "${name}"`).raw().iterate() as Iterable<unknown[]>) lines.push(`INSERT INTO "${name}" VALUES (${row.map(quoted).join(', ')});`);
    }
    return `${lines.join('\n')}\n`;
  } finally { database.close(); }
}

/** Makes a database from what `dumpSqlite` wrote. */
export function loadSqlite(sql: string, file: string): void {
  const database = new Database(file);
  try { database.pragma('foreign_keys = OFF'); database.exec(`BEGIN;\n${sql}\nCOMMIT;`); } finally { database.close(); }
}

import { CompiledQuery, type Connection, isPostgres, jsonRows, sql } from './database-connection.ts';

/** Rows of one statement in SQLite, where more gain nothing: its text is made ready once, and once for each smaller rest. */
const ROWS_A_STATEMENT = 64;

type Columns = Record<string, 'text' | 'bigint'>;

/**
 * Many rows at once, all of them or none, by the way that each database takes them quickest; those that are there already are an error, or are
 * passed over. SQLite binds each value, which costs it half of reading them from JSON; PostgreSQL is sent one JSON value.
 */
export async function insertRows(
  db: Connection,
  table: 'reports' | 'health',
  columns: Columns,
  rows: readonly object[],
  { passOverTaken = false } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const conflict = passOverTaken ? 'on conflict do nothing' : '';
  if (isPostgres(db)) {
    const [into, list, end] = [table, names.join(', '), conflict].map((text) => sql.raw(text));
    await sql`insert into ${into} (${list}) select ${list} from ${jsonRows(db, columns, rows)} ${end}`.execute(
      db,
    );
    return;
  }
  const insert = async (on: Connection) => {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const some = rows.slice(from, from + ROWS_A_STATEMENT) as Record<string, unknown>[];
      const text = `insert into ${table} (${names.join(', ')}) values ${placesFor(some.length, names.length)} ${conflict}`;
      await on.executeQuery(
        CompiledQuery.raw(
          text,
          some.flatMap((row) => names.map((name) => row[name])),
        ),
      );
    }
  };
  await (db.isTransaction ? insert(db) : db.transaction().execute(insert));
}

function placesFor(rows: number, columns: number): string {
  const one = `(${Array(columns).fill('?').join(', ')})`;
  return Array(rows).fill(one).join(', ');
}

import { CompiledQuery, type Connection, isPostgres, jsonRows, sql } from './connection.ts';
import { copyText } from './postgres-copy.ts';
import { isTaken } from './postgres-faults.ts';

/** Rows of one statement in SQLite, where more gain nothing: its text is made ready once, and once for each smaller rest. */
const ROWS_A_STATEMENT = 64;

type Columns = Record<string, 'text' | 'bigint'>;

interface Rows {
  table: 'reports' | 'health';
  columns: Columns;
  rows: readonly object[];
}

/**
 * New rows, all of them or none, by the way that each database takes them quickest. SQLite binds each value, which costs it half of
 * reading them from JSON; PostgreSQL copies them in. Rejects where one of them is there already.
 */
export async function insertRows(db: Connection, { table, columns, rows }: Rows): Promise<void> {
  if (rows.length === 0) return;
  if (!isPostgres(db)) return bindRows(db, { table, columns, rows });
  const names = Object.keys(columns);
  const statement = `copy ${table} (${names.join(', ')}) from stdin`;
  await db.executeQuery(CompiledQuery.raw(statement, [copyText(rows, names)]));
}

/** The same, passing over those that are there already, and of equal ones the later. */
export async function insertNewRows(db: Connection, { table, columns, rows }: Rows): Promise<void> {
  if (rows.length === 0) return;
  if (!isPostgres(db)) return bindRows(db, { table, columns, rows }, 'on conflict do nothing');
  // COPY knows no conflicts, and in a transaction would end it.
  if (!db.isTransaction && (await copied(db, { table, columns, rows }))) return;
  const [into, list] = [table, Object.keys(columns).join(', ')].map((text) => sql.raw(text));
  await sql`insert into ${into} (${list}) select ${list} from ${jsonRows(db, columns, rows)}
    on conflict do nothing`.execute(db);
}

/** False = one of them was there, and none was stored. */
async function copied(db: Connection, rows: Rows): Promise<boolean> {
  try {
    await insertRows(db, rows);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

async function bindRows(db: Connection, { table, columns, rows }: Rows, end = ''): Promise<void> {
  const names = Object.keys(columns);
  const insert = async (on: Connection) => {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const some = rows.slice(from, from + ROWS_A_STATEMENT);
      const places = placesFor(some.length, names.length);
      const statement = `insert into ${table} (${names.join(', ')}) values ${places} ${end}`;
      const values: unknown[] = [];
      for (const row of some) putValues(values, row, names);
      await on.executeQuery(CompiledQuery.raw(statement, values));
    }
  };
  await (db.isTransaction ? insert(db) : db.transaction().execute(insert));
}

function putValues(values: unknown[], row: object, names: readonly string[]): void {
  const members = row as Record<string, unknown>;
  for (const name of names) values.push(members[name]);
}

function placesFor(rows: number, columns: number): string {
  const one = `(${Array(columns).fill('?').join(', ')})`;
  return Array(rows).fill(one).join(', ');
}

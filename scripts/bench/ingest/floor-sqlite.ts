import Libsql from 'libsql';
import type { Floor, FloorTable } from './floor.ts';
import { FLOOR_COLUMNS } from './floor.ts';

/** As many as gain anything: SQLite reads the text of a statement once, and binds. */
const ROWS_A_STATEMENT = 64;

/** The same rows into the same table by SQLite itself: values bound to statements made ready before, one transaction and one fsync a batch. */
export function floorSqlite(path: string): Floor {
  const file = new Libsql(path);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  const begin = file.prepare('begin');
  const commit = file.prepare('commit');
  const kept = new Map<string, Libsql.Statement>();
  const statement = (table: FloorTable, names: string[], rows: number) => {
    const one = `(${names.map(() => '?').join(', ')})`;
    const text = `insert into ${table} (${names.join(', ')}) values ${Array(rows).fill(one).join(', ')}`;
    const made = kept.get(text) ?? file.prepare(text);
    kept.set(text, made);
    return made;
  };
  return {
    insert: async (table, rows) => {
      const names = Object.keys(FLOOR_COLUMNS[table]);
      begin.run();
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
        const some = rows.slice(from, from + ROWS_A_STATEMENT) as Record<string, unknown>[];
        statement(table, names, some.length).run(some.flatMap((row) => names.map((name) => row[name])));
      }
      commit.run();
    },
    close: async () => {
      file.close();
    },
  };
}

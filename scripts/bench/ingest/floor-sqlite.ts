import Libsql from 'libsql';
import type { Floor, FloorTable } from './floor.ts';
import { FLOOR_COLUMNS } from './floor.ts';

/** The same rows into the same table by SQLite itself: one statement a batch, one fsync a commit. */
export function floorSqlite(path: string): Floor {
  const file = new Libsql(path);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  const statement = (table: FloorTable) => {
    const names = Object.keys(FLOOR_COLUMNS[table]);
    const members = names.map((name) => `value->>'$.${name}'`).join(', ');
    return file.prepare(`insert into ${table} (${names.join(', ')}) select ${members} from json_each(?)`);
  };
  return {
    insert: async (table, rows) => {
      statement(table).run([JSON.stringify(rows)]);
    },
    close: async () => {
      file.close();
    },
  };
}

import pg from 'pg';
import type { Floor } from './floor.ts';
import { FLOOR_COLUMNS } from './floor.ts';

/** The same rows into the same table by PostgreSQL itself: one statement a batch, a commit that is on the disk. */
export async function floorPostgres(where: { host: string; database: string; user: string }): Promise<Floor> {
  const client = new pg.Client({ ...where, options: '-c synchronous_commit=on' });
  await client.connect();
  return {
    insert: async (table, rows) => {
      const columns = FLOOR_COLUMNS[table];
      const names = Object.keys(columns).join(', ');
      const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
      const record = `json_to_recordset($1::json) as x(${types.join(', ')})`;
      await client.query(`insert into ${table} (${names}) select ${names} from ${record}`, [
        JSON.stringify(rows),
      ]);
    },
    close: () => client.end(),
  };
}

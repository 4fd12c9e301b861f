import pg from 'pg';
import { CopyIn, copyText } from '../../../server/drivers/database/postgres-copy.ts';
import type { Floor } from './floor.ts';
import { FLOOR_COLUMNS } from './floor.ts';

/** The same rows into the same table by PostgreSQL itself: one COPY a batch, a commit that is on the disk. */
export async function floorPostgres(where: { host: string; database: string; user: string }): Promise<Floor> {
  const client = new pg.Client({ ...where, options: '-c synchronous_commit=on' });
  await client.connect();
  return {
    insert: (table, rows) => {
      const names = Object.keys(FLOOR_COLUMNS[table]);
      const statement = `copy ${table} (${names.join(', ')}) from stdin`;
      return new Promise((resolve, reject) => {
        const done = (error?: Error | null) => (error ? reject(error) : resolve());
        client.query(new CopyIn(statement, Buffer.from(copyText(rows, names)), done));
      });
    },
    close: () => client.end(),
  };
}

import type { Database, Tables } from '../tables.ts';
import { auditTable } from './database-audit.ts';
import { type Connection, sqliteConnection } from './database-connection.ts';
import { keyTable, mediaTable, pictureTable, programmeTable, speechTable } from './database-content.ts';
import { deliveryTable } from './database-deliveries.ts';
import { codeTable, deviceTable } from './database-devices.ts';
import { migrate } from './database-migrations.ts';
import { orderTable } from './database-orders.ts';
import { operatorTable } from './database-people.ts';
import { reportTable } from './database-reports.ts';
import { openSqlite } from './libsql.ts';

/** The embedded database: one SQLite file, made and brought up to date when opened. */
export async function openDatabase(path: string): Promise<Database> {
  const connection = sqliteConnection(openSqlite(path));
  await migrate(connection);
  return {
    ...tablesOn(connection),
    transaction: (work) => connection.transaction().execute((tx) => work(tablesOn(tx))),
    close: () => connection.destroy(),
  };
}

function tablesOn(connection: Connection): Tables {
  return {
    operators: operatorTable(connection),
    devices: deviceTable(connection),
    codes: codeTable(connection),
    orders: orderTable(connection),
    deliveries: deliveryTable(connection),
    reports: reportTable(connection),
    media: mediaTable(connection),
    pictures: pictureTable(connection),
    speech: speechTable(connection),
    programmes: programmeTable(connection),
    keys: keyTable(connection),
    audit: auditTable(connection),
  };
}

import { type Connection, isPostgres, type RawBuilder, sql } from './connection.ts';

/**
 * On PostgreSQL whoever changes many rows takes hold of them first, in the order of their keys: then two who do so at a time wait for each
 * other and never in a ring, which it takes a second to find. SQLite has one writer at a time.
 */

const KEYS = {
  devices: 'devices.id',
  deliveries: 'deliveries.order_id, deliveries.device',
  held_programmes: 'held_programmes.device, held_programmes.area',
} as const;

/** The end of a SELECT that takes hold of rows of `table`, and reads what another made of them until then. */
export function inTurn(db: Connection, table: keyof typeof KEYS): RawBuilder<unknown> {
  if (!isPostgres(db)) return sql``;
  return sql`order by ${sql.raw(KEYS[table])} for no key update of ${sql.raw(table)}`;
}

/** `rows` under the name of `x`, which have the `id` of a hall: of those that there are, taken hold of. */
export function withHallsHeld(db: Connection, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!isPostgres(db)) return rows;
  return sql`(select x.* from ${rows} join devices on devices.id = x.id ${inTurn(db, 'devices')}) as x`;
}

/** Of a row of `table`: it is such a one, and taken hold of. */
export function isHeld(
  db: Connection,
  table: keyof typeof KEYS,
  areThey: RawBuilder<boolean>,
): RawBuilder<boolean> {
  if (!isPostgres(db)) return areThey;
  const keys = sql.raw(KEYS[table]);
  return sql`(${keys}) in (select ${keys} from ${sql.raw(table)} where ${areThey} ${inTurn(db, table)})`;
}

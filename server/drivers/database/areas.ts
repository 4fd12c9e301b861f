import { type AreaCode, levelOf } from '../../../firmware-protocol/content/area.ts';
import { type Connection, isPostgres, jsonRows, type RawBuilder, rowsOf, sql } from './connection.ts';

/**
 * More areas than these are bound as one value: a statement takes 32,766 of them in SQLite, and the orders of an alert to each village of a
 * nation have 150,000 bounds.
 */
const BOUND_ONE_BY_ONE = 8;

/** The first and last village code inside an area: a range, so that the index serves it. */
export function villagesOf(area: AreaCode): [string, string] {
  const prefix = area === 'th' ? '' : area;
  return [`${prefix}${'0'.repeat(8 - prefix.length)}`, `${prefix}${'9'.repeat(8 - prefix.length)}`];
}

/** Of a row of `devices`: whether it stands in one of the areas. */
export function standsIn(db: Connection, areas: readonly AreaCode[]): RawBuilder<boolean> {
  if (areas.length > BOUND_ONE_BY_ONE) return standsInMany(db, areas);
  if (areas.length === 0) return sql`1 = 0`;
  const ranges = areas.map(villagesOf);
  return sql`(${sql.join(
    ranges.map(([first, last]) => sql`devices.village between ${first} and ${last}`),
    sql` or `,
  )})`;
}

/** By the villages that there are in them, each of which the index finds. */
function standsInMany(db: Connection, areas: readonly AreaCode[]): RawBuilder<boolean> {
  const villages = areas.filter((area) => levelOf(area) === 'village');
  const wider = areas.filter((area) => levelOf(area) !== 'village').map(villagesOf);
  const ranges = wider.map(([first, last]) => ({ first, last }));
  const named = isOneOf(db, 'devices.village', sql`select x.id from ${rowsOf(db, villages)}`);
  if (ranges.length === 0) return named;
  const inThem = sql`select inside.village from ${jsonRows(db, { first: 'text', last: 'text' }, ranges)}
    join devices as inside on inside.village between x.first and x.last`;
  return sql`(${named} or ${isOneOf(db, 'devices.village', inThem)})`;
}

/** A column has one of the values that are selected. PostgreSQL would go through all rows for `in`, and finds those of an array by the index. */
export function isOneOf(db: Connection, column: string, values: RawBuilder<unknown>): RawBuilder<boolean> {
  return isPostgres(db)
    ? sql`${sql.ref(column)} = any(array(${values}))`
    : sql`${sql.ref(column)} in (${values})`;
}

import type { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { type RawBuilder, sql } from './connection.ts';

/** The first and last village code inside an area: a range, so that the index serves it. */
export function villagesOf(area: AreaCode): [string, string] {
  const prefix = area === 'th' ? '' : area;
  return [`${prefix}${'0'.repeat(8 - prefix.length)}`, `${prefix}${'9'.repeat(8 - prefix.length)}`];
}

/** Of a row of `devices`: whether it stands in one of the areas. */
export function standsIn(areas: readonly AreaCode[]): RawBuilder<boolean> {
  if (areas.length === 0) return sql`1 = 0`;
  const ranges = areas.map(villagesOf);
  return sql`(${sql.join(
    ranges.map(([first, last]) => sql`devices.village between ${first} and ${last}`),
    sql` or `,
  )})`;
}

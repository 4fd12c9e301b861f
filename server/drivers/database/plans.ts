import { z } from 'zod';
import { PlannedEntry, Slot } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import type { CalendarRecord, CalendarTable } from '../../calendar/calendar-days.ts';
import type { DraftTable } from '../../programme/plan-records.ts';
import { type Connection, readableJson, readJson } from './connection.ts';
import type { Schema } from './schema.ts';

/** A plan, as JSON beside the programme that was made of it. */
export const StoredSource = z.object({
  entries: z.array(PlannedEntry),
  slots: z.array(Slot),
  sameAs: z.int().optional(),
});
const Spans = z.array(z.object({ from: z.int(), to: z.int(), title: z.string() }));

export function draftTable(db: Connection): DraftTable {
  return {
    async get(area) {
      const row = await db.selectFrom('drafts').selectAll().where('area', '=', area).executeTakeFirst();
      return (
        row && {
          area,
          basedOn: row.based_on,
          source: readJson(StoredSource, row.source, `drafts/${area}`),
          by: row.by,
          changedAt: Number(row.changed_at),
        }
      );
    },
    // One that cannot be read holds up no other.
    async all() {
      const rows = await db.selectFrom('drafts').selectAll().orderBy('area').execute();
      return rows.flatMap((row) => {
        const source = readableJson(StoredSource, row.source);
        if (source === undefined) return [];
        return [
          { area: row.area, basedOn: row.based_on, source, by: row.by, changedAt: Number(row.changed_at) },
        ];
      });
    },
    async put({ area, basedOn, source, by, changedAt }) {
      const rest = { based_on: basedOn, source: JSON.stringify(source), by, changed_at: changedAt };
      await db
        .insertInto('drafts')
        .values({ area, ...rest })
        .onConflict((conflict) => conflict.column('area').doUpdateSet(rest))
        .execute();
    },
    async drop(area) {
      await db.deleteFrom('drafts').where('area', '=', area).execute();
    },
  };
}

export function calendarTable(db: Connection): CalendarTable {
  const recordOf = (row: Schema['calendars']): CalendarRecord => ({
    area: row.area,
    name: row.name,
    spans: readJson(Spans, row.spans, `calendars/${row.area}/${row.name}`),
    by: row.by,
    changedAt: Number(row.changed_at),
  });
  return {
    async get(area, name) {
      const row = await db
        .selectFrom('calendars')
        .selectAll()
        .where('area', '=', area)
        .where('name', '=', name)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async all() {
      const rows = await db.selectFrom('calendars').selectAll().orderBy('area').orderBy('name').execute();
      return rows.map(recordOf);
    },
    async put({ area, name, spans, by, changedAt }) {
      const rest = { spans: JSON.stringify(spans), by, changed_at: changedAt };
      await db
        .insertInto('calendars')
        .values({ area, name, ...rest })
        .onConflict((conflict) => conflict.columns(['area', 'name']).doUpdateSet(rest))
        .execute();
    },
    async drop(area, name) {
      await db.deleteFrom('calendars').where('area', '=', area).where('name', '=', name).execute();
    },
  };
}

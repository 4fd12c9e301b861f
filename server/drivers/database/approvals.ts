import { z } from 'zod';
import { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { filledIn, Order, UNSIGNED, type UnsignedOrder } from '../../../firmware-protocol/content/order.ts';
import { Need } from '../../../firmware-protocol/mqtt/people-requests.ts';
import { ACCEPTABLE, PlannedEntry } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import type { Held, HeldTable } from '../../approvals/held.ts';
import { HELD_STATES } from '../../approvals/held-facts.ts';
import { type Connection, readJson } from './connection.ts';
import { StoredSource } from './plans.ts';
import type { Schema } from './schema.ts';

const Entries = z.array(PlannedEntry);
const Programme = z.object({
  programme: z.object({
    area: AreaCode,
    basedOn: z.int(),
    source: StoredSource,
    accept: z.array(z.enum(ACCEPTABLE)),
    planned: z.boolean(),
  }),
  change: z.object({ added: Entries, changed: Entries, removed: Entries }),
});
const Needs = z.array(Need);
const State = z.enum(HELD_STATES);
/** An order as it lies; a programme under a name of its own. */
const Content = {
  parse: (value: unknown): { order: UnsignedOrder } | z.output<typeof Programme> => {
    const document = z.record(z.string(), z.unknown()).parse(value);
    if ('programme' in document) return Programme.parse(document);
    return { order: filledIn(Order.parse({ ...document, signature: UNSIGNED })) };
  },
};

function contentOf(held: Held): object {
  return 'order' in held ? held.order : { programme: held.programme, change: held.change };
}

export function heldTable(db: Connection): HeldTable {
  return {
    async add(held) {
      await db
        .insertInto('held_orders')
        .values({
          id: held.id,
          state: held.state,
          document: JSON.stringify(contentOf(held)),
          asked_by: held.by,
          why: held.why,
          needs: JSON.stringify(held.needs),
          sha256: held.sha256,
          asked_at: held.askedAt,
          until: held.until,
          decided_by: held.decidedBy,
          decided_at: held.decidedAt,
          reason: held.reason,
        })
        .execute();
    },
    async get(id) {
      const row = await db.selectFrom('held_orders').selectAll().where('id', '=', id).executeTakeFirst();
      return row && heldOf(row);
    },
    async list(states, limit) {
      const all = db.selectFrom('held_orders').selectAll().orderBy('id', 'desc').limit(limit);
      const rows = await (states === undefined ? all : all.where('state', 'in', states)).execute();
      return rows.map(heldOf);
    },
    async decide(id, { state, by, at, reason }) {
      const { numUpdatedRows } = await db
        .updateTable('held_orders')
        .set({ state, decided_by: by, decided_at: at, reason })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .where('until', '>', at)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async failed(id, reason) {
      await db.updateTable('held_orders').set({ state: 'failed', reason }).where('id', '=', id).execute();
    },
    async expire(now) {
      const late = await db
        .selectFrom('held_orders')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('until', '<=', now)
        .execute();
      for (const { id } of late)
        await db.updateTable('held_orders').set({ state: 'expired' }).where('id', '=', id).execute();
      return late.map(heldOf);
    },
  };
}

/** Throws `data-invalid`. */
function heldOf(row: Schema['held_orders']): Held {
  const place = `held_orders/${row.id}`;
  return {
    ...readJson(Content, row.document, place),
    id: row.id,
    by: row.asked_by,
    why: row.why,
    needs: readJson(Needs, row.needs, place),
    sha256: row.sha256,
    askedAt: row.asked_at,
    until: row.until,
    state: State.parse(row.state),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  };
}

import { z } from 'zod';
import { Target } from '../../../firmware-protocol/content/area.ts';
import { ALERT_STATES, type AlertSummary, type AlertTable, TRUSTS } from '../../alerts/alert-records.ts';
import { REASONS, type ReasonCode } from '../../alerts/reasons.ts';
import { type Connection, readJson } from './connection.ts';

export const ALERT_MIGRATIONS = {
  '013-alerts': async ({ schema }: Connection) => {
    await schema
      .createTable('alerts')
      .addColumn('id', 'varchar(26)', (column) => column.primaryKey())
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('identifier', 'text', (column) => column.notNull())
      .addColumn('sent_ms', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'varchar(64)', (column) => column.notNull())
      .addColumn('msg_type', 'varchar(16)', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('until_ms', 'bigint')
      .addColumn('summary', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    // The same message twice is one (CAP 3.2.1): whoever comes second finds it there.
    await schema
      .createIndex('alerts_message')
      .unique()
      .on('alerts')
      .columns(['sender', 'identifier', 'sent_ms', 'hash'])
      .execute();
    await schema.createIndex('alerts_state').on('alerts').columns(['state', 'until_ms']).execute();
  },
};

const NamedMessage = z.object({ sender: z.string(), identifier: z.string(), sentMs: z.number() });
const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code);

const Summary = NamedMessage.extend({
  firstYes: z.object({ by: z.string(), at: z.int(), to: z.array(Target) }).optional(),
  id: z.string(),
  hash: z.string(),
  sent: z.string(),
  status: z.string(),
  msgType: z.string(),
  verdict: z.enum(['actuate', 'cancel', 'record', 'refuse']),
  reasons: z.array(
    z.object({
      code: z.string().refine(isReasonCode),
      place: z.string().exactOptional(),
      line: z.number().exactOptional(),
      says: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    }),
  ),
  signature: z.enum(['none', 'good', 'bad', 'unverifiable']),
  trust: z.enum(TRUSTS),
  via: z.string(),
  receivedAt: z.number(),
  title: z.string(),
  references: z.array(NamedMessage),
  to: z.array(Target),
  matched: z.object({ polygon: z.number(), circle: z.number(), geocode: z.number() }),
  until: z.number().optional(),
  state: z.enum(ALERT_STATES),
  stateAt: z.number(),
  stateBy: z.string(),
  why: z.string().optional(),
  orders: z.array(z.string()),
});

function summaryOf(row: { id: string; summary: string }): AlertSummary {
  const read = readJson(Summary, row.summary, `alerts/${row.id}`);
  return { ...read, until: read.until, why: read.why };
}

export function alertTable(db: Connection): AlertTable {
  const columns = ['id', 'summary'] as const;
  const valuesOf = ({ document: _kept, ...summary }: AlertSummary & { document?: string }) => ({
    state: summary.state,
    until_ms: summary.until ?? null,
    summary: JSON.stringify(summary),
  });
  return {
    async add(record) {
      const { id, sender, identifier, sentMs, hash, msgType, document } = record;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('alerts')
        .values({
          id,
          sender,
          identifier,
          sent_ms: sentMs,
          hash,
          msg_type: msgType,
          document,
          ...valuesOf(record),
        })
        .onConflict((conflict) => conflict.columns(['sender', 'identifier', 'sent_ms', 'hash']).doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0) > 0;
    },
    async get(id) {
      const row = await db
        .selectFrom('alerts')
        .select([...columns, 'document'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...summaryOf(row), document: row.document };
    },
    async named({ sender, identifier, sentMs }) {
      const rows = await db
        .selectFrom('alerts')
        .select(columns)
        .where('sender', '=', sender)
        .where('identifier', '=', identifier)
        .where('sent_ms', '=', sentMs)
        .orderBy('id')
        .execute();
      return rows.map(summaryOf);
    },
    async put(record) {
      await db.updateTable('alerts').set(valuesOf(record)).where('id', '=', record.id).execute();
    },
    async list({ states, limit }) {
      const rows = await db
        .selectFrom('alerts')
        .select(columns)
        .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(summaryOf);
    },
    async over(now) {
      const rows = await db
        .selectFrom('alerts')
        .select(columns)
        .where('state', 'in', ['waiting', 'sending', 'live'])
        .where('until_ms', '<=', now)
        .execute();
      return rows.map(summaryOf);
    },
    async cancelsOf(sender, sinceMs) {
      const rows = await db
        .selectFrom('alerts')
        .select(columns)
        .where('sender', '=', sender)
        .where('msg_type', '=', 'Cancel')
        .where('state', '=', 'done')
        .where('sent_ms', '>=', sinceMs)
        .execute();
      return rows.map(summaryOf);
    },
  };
}

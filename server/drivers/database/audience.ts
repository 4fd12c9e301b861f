import { type AreaCode, levelOf, type Target } from '../../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import { Order } from '../../../firmware-protocol/content/order.ts';
import { devicesIn, outermostOf } from '../../dispatch/addresses.ts';
import { isOneOf, standsIn, villagesOf } from './areas.ts';
import { type Connection, isPostgres, type RawBuilder, readableJson, rowsOf, sql } from './connection.ts';

/**
 * An order that may have halls without a row of `deliveries`: it is sent first, and their rows are written behind it. Until then each of them
 * stands as its row would: sent if it went out and the hall is there, else waiting. Who they are is what the order says of the halls that
 * are enrolled, and no hall is enrolled or moved before the rows of all orders are there (`writeAllRows`).
 */
export interface Unwritten {
  order: Order;
  /** `village/device`: the halls of its areas have their rows up to here (`orderOf`); empty = none has, nor has one that it names. */
  after: string;
  published: boolean;
  /** When it is to be sent again. */
  dueAt: number;
}

/** Of a row of `orders`: its halls do not all have a row yet. */
export const IS_UNWRITTEN = sql<boolean>`orders.rows_after is not null`;
/** An end is written after what it ends: it takes back rows that are there. */
const IS_END = sql<number>`case when orders.kind in ('stop', 'all-clear') then 1 else 0 end`;

interface WhichUnwritten {
  /** Absent: all of them. */
  ids?: readonly string[];
  /**
   * For whoever writes how far they are, before the first row: until the end of the transaction nobody else does, nor publishes them.
   * SQLite has one writer at a time.
   */
  lock?: boolean;
}

/** In the order of writing. One that cannot be read holds up no other. */
export async function unwritten(
  db: Connection,
  { ids, lock = false }: WhichUnwritten = {},
): Promise<Unwritten[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['document', 'rows_after', 'published', 'due_at'])
    .where(IS_UNWRITTEN)
    .$if(ids !== undefined, (all) => all.where('id', 'in', ids ?? []))
    .orderBy('issued_at')
    .orderBy(IS_END)
    .orderBy('id')
    .$if(lock && isPostgres(db), (all) => all.forUpdate())
    .execute();
  return rows.flatMap(({ document, rows_after, published, due_at }) => {
    const order = readableJson(Order, document);
    if (order === undefined) return [];
    const dueAt = due_at ?? epochMsOf(order.issued_at);
    return [{ order, after: rows_after ?? '', published: published === 1, dueAt }];
  });
}

/** Their ids alone, in the order of writing. */
export async function unwrittenIds(db: Connection): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where(IS_UNWRITTEN)
    .orderBy('issued_at')
    .orderBy(IS_END)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The areas of an order that are wider than a village, in the order of their villages, none of them in another. */
export function areasIn({ to }: Order): AreaCode[] {
  return outermostOf(to)
    .filter((area) => !isVillage(area))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Of a row of `devices`: whether an order to these targets is for it. */
export function isAmong(db: Connection, to: readonly Target[]): RawBuilder<boolean> {
  return either(standsIn(db, outermostOf(to)), isHallAmong(db, to));
}

/** The same of the halls and villages that it names, whatever they stand in: a few hundred halls at most; undefined = it names none. */
export function isNamedIn(db: Connection, to: readonly Target[]): RawBuilder<boolean> | undefined {
  const villages = outermostOf(to).filter(isVillage);
  const halls = isHallAmong(db, to);
  return villages.length === 0 ? halls : either(standsIn(db, villages), halls);
}

const isVillage = (area: AreaCode) => levelOf(area) === 'village';

function isHallAmong(db: Connection, to: readonly Target[]): RawBuilder<boolean> | undefined {
  const halls = devicesIn(to);
  return halls.length === 0
    ? undefined
    : isOneOf(db, 'devices.id', sql`select x.id from ${rowsOf(db, halls)}`);
}

function either(one: RawBuilder<boolean>, other: RawBuilder<boolean> | undefined): RawBuilder<boolean> {
  return other === undefined ? one : sql`(${one} or ${other})`;
}

/**
 * By what the halls of an area are gone through. The nation as its rows lie, by device: in the order of villages each thousand of them
 * touches every page of the 75,000, which costs eight times as much.
 */
export function orderOf(area: AreaCode): ('village' | 'id')[] {
  return area === 'th' ? ['id'] : ['village', 'id'];
}

/** Of a row of `devices`: in that order it comes after one place, `village/device`, up to another; empty = from the first. */
export function isBetween(area: AreaCode, after: string, upTo?: string): RawBuilder<boolean> {
  const [village = '', device = ''] = after.split('/');
  const [first, last] = villagesOf(area);
  const [endVillage = last, endDevice] = upTo?.split('/') ?? [];
  if (area === 'th')
    return endDevice === undefined
      ? sql`devices.id > ${device}`
      : sql`devices.id > ${device} and devices.id <= ${endDevice}`;
  // Beside the pair, the village alone: so that the index of villages serves it.
  const from = sql`devices.village >= ${first > village ? first : village} and devices.village <= ${endVillage}`;
  const behind = sql<boolean>`${from} and (devices.village, devices.id) > (${village}, ${device})`;
  return endDevice === undefined
    ? behind
    : sql`${behind} and (devices.village, devices.id) <= (${endVillage}, ${endDevice})`;
}

/** Halls of an order that have no row of it. */
export function hallsWithoutRow(db: Connection, { order }: Unwritten) {
  return db
    .selectFrom('devices')
    .where(isAmong(db, order.to))
    .where(({ not, exists, selectFrom, ref }) =>
      not(
        exists(
          selectFrom('deliveries as own')
            .select('own.device')
            .where('own.order_id', '=', order.id)
            .where('own.device', '=', ref('devices.id')),
        ),
      ),
    );
}

/** As the row of a hall of `devices` would say it. */
export function standingOf({ published }: Pick<Unwritten, 'published'>) {
  const went = published ? sql`devices.online = 1` : sql`1 = 0`;
  return {
    state: sql<'sent' | 'waiting'>`case when ${went} then 'sent' else 'waiting' end`,
    sends: sql<number>`case when ${went} then 1 else 0 end`,
  };
}

/** Of the list of migrations, where it says so. */
export const AUDIENCE_MIGRATIONS = {
  // An order leaves before its halls have their rows.
  '027-rows-behind-the-order': async (db: Connection) => {
    await db.schema.alterTable('orders').addColumn('rows_after', 'text').execute();
    await db.schema.alterTable('orders').addColumn('due_at', 'bigint').execute();
    await sql`create index orders_unwritten on orders (issued_at) where rows_after is not null`.execute(db);
  },
};

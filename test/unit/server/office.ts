import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../../firmware-protocol/content/order.ts';
import {
  FIRST_PREV,
  hashOf,
  type Report,
  type ReportEvent,
} from '../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { verifiesQuickly } from '../../../server/drivers/ed25519.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import { ServerError } from '../../../server/errors.ts';
import { BatchReader } from '../../../server/fleet/batch-reader.ts';
import { ReportLedger } from '../../../server/fleet/report-ledger.ts';
import { openKeySet } from '../../../server/keys/key-ring.ts';
import type { BrokerMessage, Log, PasswordHash, Random, Secrets } from '../../../server/ports.ts';
import { planExpander } from '../../../server/programme/expand-plan.ts';
import { ProgrammeOffice } from '../../../server/programme/programme-office.ts';
import { SignerDesk } from '../../../server/signer/signer-desk.ts';
import type { Database, DeviceRecord } from '../../../server/tables.ts';
import { HandClock } from './hand-clock.ts';

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Repeats itself from run to run. */
export function seededRandom(seed = 'prakat'): Random {
  let turn = 0;
  const bytes = (count: number): Uint8Array => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < count; have += 32)
      blocks.push(createHash('sha256').update(`${seed}${turn++}`).digest());
    return Buffer.concat(blocks).subarray(0, count);
  };
  return { bytes, fraction: () => Buffer.from(bytes(4)).readUInt32BE() / 2 ** 32 };
}

export function secretsInMemory(): Secrets & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    read: async (name) => kept.get(name),
    write: async (name, value) => {
      kept.set(name, value);
    },
    keep: async (name, value) => {
      if (!kept.has(name)) kept.set(name, value);
      return kept.get(name) ?? value;
    },
  };
}

/** Stands for argon2 where its slowness is not the point; counts what it was asked, and most at a time. */
export function countedHash(): PasswordHash & { asked: number; made: number; atOnce: number } {
  const digest = (text: string) => createHash('sha256').update(`slow ${text}`).digest('hex');
  let underWay = 0;
  const counted = {
    asked: 0,
    made: 0,
    atOnce: 0,
    hash: async (password: string) => {
      counted.made++;
      return digest(password);
    },
    matches: async (hashed: string, password: string) => {
      counted.asked++;
      counted.atOnce = Math.max(counted.atOnce, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return hashed === digest(password);
    },
  };
  return counted;
}

/** A broker that writes down what it was given, and can be away. */
export class PaperBroker {
  readonly sent: BrokerMessage[] = [];
  away = false;

  async publish(message: BrokerMessage): Promise<void> {
    if (this.away) throw new ServerError('broker-down');
    this.sent.push(message);
  }

  /** Topics so far, without the root; forgets them. */
  topics(): string[] {
    return this.sent.splice(0).map(({ topic }) => topic.replace('prakat/v1/', ''));
  }
}

/** A server's inner rooms, on a database in memory unless a file, or a database, is given. */
export async function openOffice(on: string | Database = ':memory:') {
  const clock = new HandClock();
  const random = seededRandom();
  const db = typeof on === 'string' ? await openDatabase(on) : on;
  const secrets = secretsInMemory();
  const set = await openKeySet({ db, secrets, clock, random });
  const keys = () => set;
  const signer = await SignerDesk.open({ secrets, clock, tell: () => {} });
  const broker = new PaperBroker();
  const openDispatcher = () =>
    new Dispatcher({ db, signer, broker, clock, random, newOrderId: orderIds(clock, random), log: silent });
  const dispatcher = openDispatcher();
  const programmes = new ProgrammeOffice({
    ...{ programmes: db.programmes, signer, broker, clock, log: silent },
    ...{ expand: planExpander(db.calendars), keys },
  });
  const ledger = new ReportLedger({
    db,
    log: silent,
    reading: new BatchReader(verifiesQuickly),
    heard: (tables, events) => dispatcher.heard(tables, events),
    copied: (tables, device) => tables.devices.copied(device, clock.wall()),
  });
  return { clock, random, db, secrets, signer, keys, broker, dispatcher, openDispatcher, ledger, programmes };
}
export type Office = Awaited<ReturnType<typeof openOffice>>;

export interface Hall {
  id: string;
  village: string;
  seed: string;
  record: DeviceRecord;
}

/** An enrolled device that is online. */
export async function addHall(db: Database, id: string, village: string, online = true): Promise<Hall> {
  const { publicKey, seed } = newKeyPair();
  const presence = { state: online ? 'online' : 'offline', boot: 1 } as const;
  const record = enrolledHall(id, village, { publicKey, presence });
  await db.devices.put(record);
  return { id, village, seed, record };
}

export function announceTo(clock: HandClock, to: string[], seconds?: number): UnsignedOrder {
  return {
    ...envelope(clock, to, seconds),
    kind: 'announce',
    band: 60,
    announcement: { title: 'น้ำท่วม', panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง' }] } },
  };
}

/** How an order fares everywhere, on one page. */
export const asked = (order: string) => ({ order, areas: ['th'], limit: 500 });

export function stopOf(clock: HandClock, to: string[], stops: string): UnsignedOrder {
  return { ...envelope(clock, to), kind: 'stop', stops };
}

function envelope(clock: HandClock, to: string[], seconds = 900) {
  return {
    format: 1 as const,
    id: ulid(clock.wall()),
    to,
    by: 'somchai',
    issued_at: instantOf(clock.wall()),
    expires_at: instantOf(clock.wall() + seconds * 1_000),
  };
}

/** Numbered and chained as a device does it. */
export function chain(events: ReportEvent[], before = { n: 0, hash: FIRST_PREV }): Report[] {
  let last = before;
  return events.map((event) => {
    const report: Report = {
      n: last.n + 1,
      prev: last.hash,
      at: '2026-11-13T09:00:00.000+07:00',
      trust: 'server',
      boot: 1,
      event,
    };
    last = { n: report.n, hash: hashOf(report) };
    return report;
  });
}

export function batchOf(hall: Hall, reports: Report[], seed = hall.seed): Uint8Array {
  return Buffer.from(JSON.stringify(signed({ device: hall.id, reports }, signingKey(hall.id, seed))));
}

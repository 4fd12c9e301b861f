import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Order, type UnsignedOrder } from '../../../firmware-protocol/content/order.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { AlertDesk } from '../../../server/alerts/alert-desk.ts';
import { AlertsConfig } from '../../../server/alerts/alert-policy.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import type { ServerError } from '../../../server/errors.ts';
import { bytesOf } from '../../fixtures/cap/fixtures.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { seededRandom, silent } from '../../unit/server/office.ts';

export const TMD = 'urn:oid:2.49.0.0.764.0';
/** Tha Bo by point and without one, the town of Nong Khai, Udon Thani. */
export const VILLAGES = [
  { code: '43020101', lat: 17.85, lon: 102.58 },
  { code: '43020102' },
  { code: '43010101', lat: 17.88, lon: 102.74 },
  { code: '41010101', lat: 17.41, lon: 102.79 },
];

/** The desk with a real database; what it sends is written down. Its clock stands at the time of the flood. */
export async function deskWorld(config: object, { at = '2026-11-26T14:31:00+07:00' } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-alerts-'));
  const db = await openDatabase(join(folder, 'server.db'));
  onTestFinished(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  const clock = new HandClock(at);
  const key = signingKey('k', newKeyPair().seed);
  const sent: Order[] = [];
  const said: string[] = [];
  const added: string[] = [];
  const facts: unknown[] = [];
  const told: [id: string, state: string][] = [];
  const fate = { sendFails: undefined as ServerError | undefined, diesAfter: Number.POSITIVE_INFINITY };
  const dispatch = {
    order: async (id: string) => sent.find((order) => order.id === id),
    send: async (unsigned: UnsignedOrder) => {
      if (fate.sendFails !== undefined) throw fate.sendFails;
      if (sent.length >= fate.diesAfter) throw new Error('the power went');
      const order = Order.parse(signed(unsigned, key));
      sent.push(order);
      return { order, devices: 1 };
    },
  };
  const media = { sha256: 'a'.repeat(64), bytes: 10, ms: 4_000, title: 'x', loudness_clufs: -1_600 };
  const ids = orderIds(clock, seededRandom());
  const open = () =>
    new AlertDesk({
      alerts: db.alerts,
      config: AlertsConfig.parse(config),
      readXml,
      villages: {
        points: async function* (area) {
          yield VILLAGES.filter(({ code }) => area === 'th' || code.startsWith(area));
        },
      },
      dispatch,
      sound: {
        library: {
          add: async ({ fileName, chunks }) => {
            for await (const chunk of chunks) added.push(`${fileName}: ${Buffer.from(chunk).toString()}`);
            return media;
          },
        },
        speech: {
          say: async (text) => {
            said.push(text);
            return { media, voice: 'v' };
          },
        },
        clock,
        log: silent,
      },
      audit: {
        write: async (fact) => {
          facts.push(fact);
          return { n: facts.length } as never;
        },
      },
      clock,
      newId: ids,
      tell: ({ id, state }) => told.push([id, state]),
      log: silent,
    });
  const desk = open();
  const receive = async (text: string, via = 'post:tmd') => {
    const received = await desk.receive(bytesOf(text), via);
    return received.map(({ record, isDuplicate }) => ({ ...record, isDuplicate }));
  };
  const one = async (text: string, via?: string) => {
    const [first] = await receive(text, via);
    if (first === undefined) throw new Error('nothing was received');
    return first;
  };
  const stateOf = async (id: string) => (await db.alerts.get(id))?.state;
  return { db, desk, open, clock, sent, said, added, facts, told, fate, receive, one, stateOf };
}

/** Trusted when posted by its own account; severe ones sound by themselves. */
export const AUTOMATIC = {
  senders: [{ sender: TMD, areas: ['43'], from: ['post:tmd'] }],
  rules: [{ severity: ['Extreme', 'Severe'], mode: 'automatic' }],
};

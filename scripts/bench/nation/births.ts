import type { DeviceState, Presence } from '../../../firmware-protocol/mqtt/messages.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { StandingJournal } from '../../../server/areas/standing-journal.ts';
import type { SqliteFile } from '../../../server/drivers/database/libsql.ts';
import { verifiesQuickly } from '../../../server/drivers/ed25519.ts';
import { systemClock } from '../../../server/drivers/system-clock.ts';
import { BatchReader } from '../../../server/fleet/batch-reader.ts';
import { DeviceMail } from '../../../server/fleet/device-mail.ts';
import { HealthLog } from '../../../server/fleet/health-log.ts';
import { LastSeen } from '../../../server/fleet/last-seen.ts';
import { ReportLedger } from '../../../server/fleet/report-ledger.ts';
import { RollUp } from '../../../server/fleet/roll-up.ts';
import { MAIL_LIMITS, MailRoom } from '../../../server/mail-room.ts';
import type { BrokerMessage, Log } from '../../../server/ports.ts';
import type { Database } from '../../../server/tables.ts';
import { type BenchRow, rowOf } from '../row.ts';
import { stateOf, villageOf } from './villages.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const BOOT = 2;
const nothing = async () => {};

/**
 * All halls come back at once, as after the broker was gone: a birth and a state of each, from the broker's callback until they are on
 * the disk, since when is written down and the map counts them. Floor: the same columns of as many rows, changed by a statement made ready.
 */
export async function birthsRow(halls: string[], db: Database, sqlite: SqliteFile): Promise<BenchRow> {
  const floor = bareMs(halls, sqlite);
  await db.devices.allOffline();
  const rollUp = new RollUp(db.devices);
  await rollUp.load();
  const product = await productMs(halls, db, rollUp);
  const { online } = rollUp.of('th');
  if (online !== halls.length) throw new Error(`${online} of ${halls.length} halls are there`);
  return rowOf({ name: `return of ${halls.length}`, unit: 'ms', product, floor, runs: 1 });
}

async function productMs(halls: string[], db: Database, rollUp: RollUp): Promise<number> {
  const clock = systemClock();
  const journal = new StandingJournal({ db, clock });
  const lastSeen = new LastSeen({ db, clock, log: silent });
  const mail = new DeviceMail({
    ...{
      db,
      clock,
      lastSeen,
      log: silent,
      broker: { publish: nothing },
      health: new HealthLog({ db, clock }),
    },
    signer: { sign: () => Promise.reject(new Error('a birth has no receipt')) },
    ledger: new ReportLedger({
      db,
      log: silent,
      reading: new BatchReader(verifiesQuickly),
      heard: nothing,
      copied: nothing,
    }),
    questions: { heard: () => {} },
    onOnline: (devices) => db.deliveries.wake(devices, clock.wall()),
    onStanding: async (devices) => {
      await journal.note(devices);
      rollUp.note(devices);
    },
  });
  const messages = halls.flatMap((hall, at) => comingBack(hall, at));
  const from = performance.now();
  for (let done = 0; done < messages.length; done += MAIL_LIMITS.device.items) {
    const requests = async () => ({ status: 'ok' as const, data: {} });
    const needs = { mail, requests, clock, onUp: nothing, log: silent, broker: { publish: nothing } };
    const room = new MailRoom(needs);
    for (const message of messages.slice(done, done + MAIL_LIMITS.device.items)) room.onMessage(message);
    await room.close();
  }
  const ms = performance.now() - from;
  await lastSeen.close();
  return ms;
}

function comingBack(device: string, at: number): BrokerMessage[] {
  const village = villageOf(at);
  const zone = village.slice(0, 2);
  const said = (row: 'presence' | 'state', body: Presence | DeviceState) => ({
    ...{ topic: topicOf(row, { zone, device }), payload: Buffer.from(JSON.stringify(body)) },
    ...{ qos: 1 as const, retained: false },
  });
  const state = { ...stateOf(village, at), boot: BOOT };
  return [said('presence', { state: 'online', boot: BOOT }), said('state', state)];
}

function bareMs(halls: string[], sqlite: SqliteFile): number {
  const run = (text: string, values: unknown[]) => sqlite.prepare(text).run(values);
  const from = performance.now();
  for (let done = 0; done < halls.length; done += MAIL_LIMITS.hallsAtOnce) {
    run('begin', []);
    for (const [at, id] of halls.slice(done, done + MAIL_LIMITS.hallsAtOnce).entries()) {
      run('update devices set online = 1, boot = ? where id = ?', [BOOT, id]);
      const state = JSON.stringify(stateOf(villageOf(done + at), done + at));
      run('update devices set state = ? where id = ?', [state, id]);
    }
    run('commit', []);
  }
  return performance.now() - from;
}

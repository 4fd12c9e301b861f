import { beforeEach, describe, expect, it } from 'vitest';
import { DeviceMail } from '../../../../server/fleet/device-mail.ts';
import { HealthLog } from '../../../../server/fleet/health-log.ts';
import { LastSeen } from '../../../../server/fleet/last-seen.ts';
import { addHall, batchOf, chain, type Hall, type Office, openOffice, silent } from '../office.ts';

let office: Office;
let hall: Hall;
let mail: DeviceMail;
let came: string[];
let standings: (readonly string[])[];
let answered: string[];

beforeEach(async () => {
  office = await openOffice();
  hall = await addHall(office.db, 'hall-mae', '43010101', false);
  came = [];
  standings = [];
  answered = [];
  mail = new DeviceMail({
    ...office,
    log: silent,
    health: new HealthLog(office),
    lastSeen: new LastSeen({ ...office, log: silent }),
    questions: { heard: (device, payload) => answered.push(`${device} ${payload}`) },
    onOnline: async (devices) => {
      came.push(...devices);
    },
    onStanding: async (devices) => {
      standings.push(devices.map(({ id }) => id));
    },
  });
});

type Row = 'presence' | 'state' | 'health' | 'report' | 'timeAsk' | 'deviceResponse';
const hear = (row: Row, body: object | Uint8Array, retained = false, device = 'hall-mae', zone = '43') => {
  const payload = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const topic = { name: row, params: { zone, device } };
  const message = { payload, retained };
  return row === 'health' ? mail.measured([{ topic, message }]) : mail.handle(topic, message);
};
const presence = async () => (await office.db.devices.get('hall-mae'))?.presence;
const state = (boot: number) => ({
  boot,
  version: '0.1.0',
  village: '43010101',
  trust: 'floor',
  boot_nonce: `nonce-${boot}`,
  keys: 1,
  programmes: [],
  outputs: {},
  warnings: [],
});
const nonce = async () => (await office.db.devices.get('hall-mae'))?.state?.boot_nonce;

it('the answer of a hall goes to who asked, and shows that it is there', async () => {
  await hear('presence', { state: 'offline', boot: 7 });
  await hear('deviceResponse', {});
  expect(answered).toEqual(['hall-mae {}']);
  expect(await presence()).toEqual({ state: 'online', boot: 7 });
});

describe('births and wills', () => {
  it('the will of an earlier boot after the birth of this one does not count (F18)', async () => {
    await hear('presence', { state: 'online', boot: 7 });
    await hear('presence', { state: 'offline', boot: 6 });
    expect(await presence()).toEqual({ state: 'online', boot: 7 });
    await hear('presence', { state: 'offline', boot: 7 });
    expect(await presence()).toEqual({ state: 'offline', boot: 7 });
  });

  it('a birth counts also of a box that lost count of its boots', async () => {
    await hear('presence', { state: 'online', boot: 57 });
    await hear('presence', { state: 'offline', boot: 57 });
    await hear('presence', { state: 'online', boot: 1 });
    expect(await presence()).toEqual({ state: 'online', boot: 1 });
    expect(came).toEqual(['hall-mae', 'hall-mae']);
  });

  it('what a broker kept from an earlier boot does not (F19)', async () => {
    await hear('presence', { state: 'offline', boot: 7 });
    await hear('presence', { state: 'online', boot: 6 }, true);
    expect(await presence()).toEqual({ state: 'offline', boot: 7 });
  });
});

it('births, wills and states of many halls at once are stored together, each as it was said', async () => {
  const ids = Array.from({ length: 40 }, (_, at) => `hall-${at}`);
  for (const [at, id] of ids.entries())
    await addHall(office.db, id, `430101${String(at + 10)}`, at % 2 === 0);
  await Promise.all(
    ids.map((id, at) => {
      if (at % 4 === 0) return hear('presence', { state: 'offline', boot: 3 }, false, id);
      if (at % 4 === 1) return hear('presence', { state: 'online', boot: 3 }, false, id);
      return hear('state', state(at), false, id);
    }),
  );
  const records = await office.db.devices.many(ids);
  const stored = ids.map((id) => [records.get(id)?.presence, records.get(id)?.state?.boot]);
  expect(stored).toEqual(
    ids.map((_, at) => [
      { state: at % 4 === 0 ? 'offline' : 'online', boot: at % 4 < 2 ? 3 : 1 },
      at % 4 < 2 ? undefined : at,
    ]),
  );
  expect(came.sort()).toEqual(ids.filter((_, at) => at % 2 === 1).sort());
  // Those that had to be told to be there first, and then their states.
  expect(standings.length).toBeLessThanOrEqual(2);
});

describe('who speaks is there', () => {
  it.each(['health', 'state'] as const)('a %s after a will of the same boot', async (row) => {
    await hear('presence', { state: 'online', boot: 7 });
    await hear('presence', { state: 'offline', boot: 7 });
    await hear(row, row === 'state' ? state(7) : {});
    expect(await presence()).toEqual({ state: 'online', boot: 7 });
    expect(came).toHaveLength(2);
  });

  it('but not by what a broker kept, and not by a question that may have overtaken the will', async () => {
    await hear('presence', { state: 'offline', boot: 7 });
    await hear('state', state(7), true);
    await hear('timeAsk', { nonce: 'MDEyMzQ1Njc4OWFiY2RlZg' });
    expect(await presence()).toEqual({ state: 'offline', boot: 7 });
  });
});

describe('state', () => {
  it('of this moment counts, of an earlier boot from the broker’s memory does not', async () => {
    await hear('state', state(57));
    await hear('state', state(56), true);
    expect(await nonce()).toBe('nonce-57');
    // Orders quote its nonce while its clock is not known: an old one would be refused for ever.
    await hear('state', state(1));
    expect(await nonce()).toBe('nonce-1');
  });
});

describe('a receipt', () => {
  const booted = { type: 'booted', version: '1', clean: true } as const;

  it('is sent when the reports are stored, to the device itself, signed', async () => {
    await hear('report', batchOf(hall, chain([booted, booted])));
    const [receipt, ...more] = office.broker.sent;
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({ topic: 'prakat/v1/43/device/hall-mae/receipt', retained: false });
    expect(JSON.parse(Buffer.from(receipt?.payload ?? []).toString())).toMatchObject({
      device: 'hall-mae',
      up_to: 2,
      signature: { key: office.keys().keys[0]?.id },
    });
  });

  it('is not sent when they cannot be stored', async () => {
    await office.db.close();
    await expect(hear('report', batchOf(hall, chain([booted])))).rejects.toThrow();
    expect(office.broker.sent).toEqual([]);
  });

  it('is not sent for the reports of another, nor on the topic of another zone', async () => {
    const other = await addHall(office.db, 'hall-pong', '43010102');
    await hear('report', batchOf(other, chain([booted])));
    await hear('report', batchOf(hall, chain([booted])), false, 'hall-mae', '57');
    expect(office.broker.sent).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type ReadTopic, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { ServerError } from '../../../server/errors.ts';
import { MAIL_LIMITS, MailRoom } from '../../../server/mail-room.ts';
import { HandClock, settled } from './hand-clock.ts';
import { PaperBroker, silent } from './office.ts';

let broker: PaperBroker;
let handled: string[];
let room: MailRoom;
let goOn: () => void;

/** Nothing is handled before `goOn`: everything that comes waits. */
beforeEach(() => {
  broker = new PaperBroker();
  handled = [];
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const note = async (what: string) => {
    await held;
    handled.push(what);
  };
  room = new MailRoom({
    broker,
    mail: {
      measured: async () => {},
      handle: ({ name, params }: ReadTopic) => note(`${params.zone}/device/${params.device}/${name}`),
    },
    requests: async (user, what) => {
      await note(`${user} ${what}`);
      return { status: 'ok', data: {} };
    },
    onUp: () => note('up'),
    clock: new HandClock(),
    log: silent,
  });
});

const from = (device: string, bytes = 10, row: 'report' | 'timeAsk' | 'state' = 'report') =>
  room.onMessage({
    topic: topicOf(row, { zone: '43', device }),
    payload: Buffer.alloc(bytes, 'x'),
    qos: 1,
    retained: false,
  });
const ask = (user: string, retained = false, what = 'stop') =>
  room.onMessage({
    topic: topicOf('operatorRequest', { user, what }),
    payload: Buffer.from('{}'),
    qos: 1,
    retained,
  });
const done = async () => {
  goOn();
  await room.close();
  return handled;
};
const countOf = (list: string[], what: string) => list.filter((each) => each === what).length;

describe('a flood drops its own messages and nobody else’s (F30)', () => {
  it('of a hall', async () => {
    for (let n = 0; n < 1_000; n++) from('hall-mad');
    from('hall-mae');
    const all = await done();
    expect(countOf(all, '43/device/hall-mad/report')).toBeLessThanOrEqual(MAIL_LIMITS.device.itemsOfOne + 1);
    expect(all).toContain('43/device/hall-mae/report');
  });

  it('of an operator: the stop of another comes through', async () => {
    for (let n = 0; n < 1_000; n++) ask('somchai');
    ask('malee');
    expect(countOf(await done(), 'malee stop')).toBe(1);
  });
});

it('a stop does not wait for people who wait for a hall', async () => {
  const begun: string[] = [];
  const requests = async (_user: string, what: string) => {
    begun.push(what);
    if (what === 'screen') await new Promise<void>((resolve) => hung.push(resolve));
    return { status: 'ok' as const, data: {} };
  };
  const hung: (() => void)[] = [];
  const mail = { handle: async () => {}, measured: async () => {} };
  room = new MailRoom({
    ...{ broker, mail, requests, onUp: async () => {}, clock: new HandClock(), log: silent },
  });
  for (let n = 0; n < 2 * MAIL_LIMITS.patientAtOnce; n++) ask(`user-${n}`, false, 'screen');
  ask('somchai');
  await settled();
  expect(countOf(begun, 'screen')).toBe(MAIL_LIMITS.patientAtOnce);
  expect(broker.topics()).toEqual(['operator/somchai/response/stop']);
  while (hung.length > 0) {
    hung.pop()?.();
    await settled();
  }
});

it('what waits is bounded in bytes, whoever sent it (I9)', async () => {
  const bytes = 512 * 1024;
  for (let n = 0; n < 500; n++) from(`hall-${n}`, bytes);
  expect((await done()).length * bytes).toBeLessThanOrEqual(MAIL_LIMITS.device.bytes + bytes);
});

it('a full inbox still learns that the broker is back', async () => {
  for (let n = 0; n < MAIL_LIMITS.device.items + 10; n++) from(`hall-${n % 1_000}`);
  room.onUp();
  expect(countOf(await done(), 'up')).toBe(1);
});

describe('the mail of halls', () => {
  it('of one is handled in its order, beside that of others; the broker coming back, in between', async () => {
    const order: string[] = [];
    const goOn = new Map<string, () => void>();
    const mail = {
      measured: async () => {},
      handle: async ({ name, params: { device = '' } }: ReadTopic) => {
        order.push(`${device} ${name}`);
        await new Promise<void>((resolve) => goOn.set(device, resolve));
      },
    };
    const onUp = async () => {
      order.push('up');
    };
    const requests = async () => ({ status: 'ok' as const, data: {} });
    room = new MailRoom({ broker, mail, requests, onUp, clock: new HandClock(), log: silent });
    for (const [device, row] of [
      ['hall-mae', 'report'],
      ['hall-mae', 'state'],
      ['hall-pong', 'report'],
    ] as const)
      from(device, 10, row);
    room.onUp();
    from('hall-pong', 10, 'state');
    await settled();
    expect(order).toEqual(['hall-mae report', 'hall-pong report']);
    goOn.get('hall-pong')?.();
    await settled();
    expect(order).toHaveLength(2);
    goOn.get('hall-mae')?.();
    await settled();
    goOn.get('hall-mae')?.();
    await settled();
    expect(order.slice(2)).toEqual(['hall-mae state', 'up', 'hall-pong state']);
    goOn.get('hall-pong')?.();
  });

  it('waits in its place while the database is away, and is given up when the server ends', async () => {
    const clock = new HandClock();
    let away = true;
    const stored: string[] = [];
    const mail = {
      measured: async () => {},
      handle: async ({ name, params }: ReadTopic) => {
        if (away) throw new ServerError('database-down', { context: { why: 'ECONNREFUSED' } });
        stored.push(`${params.device} ${name}`);
      },
    };
    const requests = async () => ({ status: 'ok' as const, data: {} });
    room = new MailRoom({ broker, mail, requests, onUp: async () => {}, clock, log: silent });
    from('hall-mae');
    from('hall-mae', 10, 'state');
    await clock.advance(60_000);
    expect(stored).toEqual([]);
    away = false;
    await clock.advance(MAIL_LIMITS.databaseAway_ms);
    expect(stored).toEqual(['hall-mae report', 'hall-mae state']);
    away = true;
    from('hall-mae');
    await settled();
    await room.close();
    expect(stored).toHaveLength(2);
  });
});

it('a message larger than its row allows is not read, whatever the broker let through', async () => {
  from('hall-mae', 17 * 1024, 'state');
  from('hall-mae', 15 * 1024, 'state');
  expect(await done()).toEqual(['43/device/hall-mae/state']);
});

it('a retained request is not carried out', async () => {
  ask('somchai', true);
  expect(await done()).toEqual([]);
});

it('after closing nothing is taken', async () => {
  await done();
  from('hall-mae');
  await settled();
  expect(handled).toEqual([]);
});

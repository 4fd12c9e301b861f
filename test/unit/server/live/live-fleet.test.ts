import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TOPICS } from '../../../../firmware-protocol/mqtt/catalogue.ts';
import { EVENT_LIMITS, FleetEvent } from '../../../../firmware-protocol/mqtt/event-messages.ts';
import { LIVE_FLEET, LiveFleet } from '../../../../server/live/live-fleet.ts';
import { addHall, type Office, openOffice, silent } from '../office.ts';
import { Listeners } from './listeners.ts';

let office: Office;
let listeners: Listeners;
let live: LiveFleet;
let read: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  office = await openOffice();
  const { db, clock } = office;
  listeners = new Listeners();
  read = vi.spyOn(db.devices, 'many');
  live = new LiveFleet({ audience: listeners.audience(office), devices: db.devices, clock, log: silent });
  await addHall(db, 'hall-mae', '43010101');
  await addHall(db, 'hall-pong', '43010102');
  await addHall(db, 'hall-far', '10010101');
});

const aSecond = () => office.clock.advance(LIVE_FLEET.gather_ms);
const toldTo = (user: string) => listeners.to(user, office).map((event) => FleetEvent.parse(event));
const hallsIn = (events: FleetEvent[]) => events.map(({ halls }) => halls.map(({ device }) => device).sort());

describe('halls that changed', () => {
  it('are told together, once, to those in whose areas they stand, and to nobody else', async () => {
    listeners.add('somchai', '43');
    listeners.add('malee', '10');
    listeners.add('kaew', '430102', '57');
    live.note('hall-mae');
    live.note('hall-far');
    live.note('hall-pong');
    live.note('hall-mae');
    await office.clock.advance(LIVE_FLEET.gather_ms - 1);
    expect(listeners.told).toEqual([]);
    await aSecond();
    expect(hallsIn(toldTo('somchai'))).toEqual([['hall-mae', 'hall-pong']]);
    expect(hallsIn(toldTo('malee'))).toEqual([['hall-far']]);
    expect(toldTo('kaew')).toEqual([]);
    await aSecond();
    expect(listeners.told).toEqual([]);
  });

  it('are told as a list shows them, and as they stand when it is told', async () => {
    listeners.add('somchai', '43');
    live.note('hall-mae');
    await office.db.devices.presences(new Map([['hall-mae', { state: 'offline', boot: 2 }]]));
    await aSecond();
    expect(toldTo('somchai')[0]?.halls[0]).toMatchObject({
      ...{ device: 'hall-mae', village: '43010101', presence: 'offline', warnings: [] },
    });
  });

  it('cost nothing while nobody listens: nobody is looked up, nothing is read, nothing waits', async () => {
    for (let at = 0; at < 1_000; at++) live.note(`hall-${at}`);
    await office.clock.advance(10_000);
    expect([read.mock.calls.length, listeners.asked, listeners.told.length]).toEqual([0, 0, 0]);
    listeners.add('somchai', '43');
    live.note('hall-mae');
    await aSecond();
    expect(read.mock.calls).toEqual([[['hall-mae']]]);
  });

  it('are not told to somebody who lost the account since', async () => {
    listeners.add('somchai', '43');
    listeners.people.delete('somchai');
    live.note('hall-mae');
    await aSecond();
    expect(listeners.told).toEqual([]);
  });

  it('that come while others are told are told next', async () => {
    listeners.add('somchai', '43');
    live.note('hall-mae');
    read.mockImplementationOnce(async () => {
      live.note('hall-pong');
      return new Map();
    });
    await aSecond();
    await aSecond();
    expect(hallsIn(toldTo('somchai'))).toEqual([['hall-pong']]);
  });

  it('that could not be read stop nothing', async () => {
    listeners.add('somchai', '43');
    read.mockRejectedValueOnce(new Error('the database is away'));
    live.note('hall-mae');
    await aSecond();
    live.note('hall-pong');
    await aSecond();
    expect(hallsIn(toldTo('somchai'))).toEqual([['hall-pong']]);
  });
});

describe('more than an event can say', () => {
  it('are asked for anew by those whom it concerns', async () => {
    listeners.add('somchai', '43');
    listeners.add('malee', '10');
    for (let at = 0; at <= EVENT_LIMITS.halls; at++) {
      await addHall(office.db, `hall-${at}`, '43010103');
      live.note(`hall-${at}`);
    }
    live.note('hall-far');
    await aSecond();
    expect(toldTo('somchai')).toEqual([{ halls: [], reload: true }]);
    expect(hallsIn(toldTo('malee'))).toEqual([['hall-far']]);
  });

  it('are as many as have room in a message, however much each warns of', async () => {
    listeners.add('somchai', '43');
    const warnings = Array.from({ length: 64 }, (_, at) => `${at}`.padEnd(64, 'x'));
    const state = {
      boot: 1,
      version: '1',
      village: '43010103',
      trust: 'full',
      boot_nonce: 'x',
      keys: 1,
    } as const;
    for (let at = 0; at < 20; at++) {
      await addHall(office.db, `hall-${at}`, '43010103');
      await office.db.devices.states(
        new Map([[`hall-${at}`, { ...state, programmes: [], outputs: {}, warnings }]]),
      );
      live.note(`hall-${at}`);
    }
    await aSecond();
    expect(toldTo('somchai')).toEqual([{ halls: [], reload: true }]);
  });

  it('are told in messages that fit their row', async () => {
    listeners.add('somchai', '43');
    for (let at = 0; at < EVENT_LIMITS.halls; at++) {
      await addHall(office.db, `hall-${at}`, '43010103');
      live.note(`hall-${at}`);
    }
    await aSecond();
    const [event] = toldTo('somchai');
    expect(event?.halls).toHaveLength(EVENT_LIMITS.halls);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(TOPICS.operatorEvent.maxBytes);
  });
});

describe('a storm', () => {
  const storm = () => {
    for (let at = 0; at <= LIVE_FLEET.storm; at++) live.note(`hall-${at}`);
  };

  it('is not read hall by hall: whoever looks asks anew, and not at each of its seconds', async () => {
    listeners.add('somchai', '43');
    storm();
    await aSecond();
    expect(toldTo('somchai')).toEqual([{ halls: [], reload: true }]);
    expect(read).not.toHaveBeenCalled();
    storm();
    await office.clock.advance(LIVE_FLEET.afterStorm_ms - 1);
    expect(toldTo('somchai')).toEqual([]);
    await aSecond();
    expect(toldTo('somchai')).toEqual([{ halls: [], reload: true }]);
  });

  it('is what it is when all were set offline at once', async () => {
    listeners.add('somchai', '43');
    live.noteAll();
    await aSecond();
    expect(toldTo('somchai')).toEqual([{ halls: [], reload: true }]);
  });

  it('is over: halls are told one by one again', async () => {
    listeners.add('somchai', '43');
    storm();
    await aSecond();
    await office.clock.advance(LIVE_FLEET.afterStorm_ms);
    toldTo('somchai');
    live.note('hall-mae');
    await aSecond();
    expect(hallsIn(toldTo('somchai'))).toEqual([['hall-mae']]);
  });
});

it('closed while it tells, it begins nothing more', async () => {
  listeners.add('somchai', '43');
  live.note('hall-mae');
  read.mockImplementationOnce(async () => {
    live.note('hall-pong');
    void live.close();
    return new Map();
  });
  await office.clock.advance(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bus, BusMessage, BusSession } from '../../../device/ports.ts';

/** A broker that knows the devices `hall-1` and `hall-2`, and a line to it that the test can harm. */
export interface BusBench {
  bus(device: string, password?: string): Bus;
  /** A bus to a port where nobody listens. */
  nowhere(): Bus;
  /** Cuts all lines without a farewell. */
  reset(): void;
  /** No byte passes any more, and no end is told. */
  freeze(): void;
  /** Of the buses it makes. */
  keepalive_ms: number;
  end(): Promise<void>;
}

const TOPIC = 'prakat/v1/43/device/hall-1/order';
const PRESENCE = 'prakat/v1/43/device/hall-1/presence';

const message = (topic: string, text: string, change: Partial<BusMessage> = {}): BusMessage => ({
  topic,
  payload: Buffer.from(text),
  qos: 1,
  retained: false,
  ...change,
});

/** What every bus must do, over any broker. */
export function busSuite(name: string, make: () => Promise<BusBench>): void {
  describe(`${name} is a bus`, () => {
    let bench: BusBench;
    const open: Bus[] = [];
    beforeEach(async () => {
      bench = await make();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((bus) => bus.disconnect()));
      await bench.end();
    });

    async function connect(device: string) {
      const heard: [string, string, boolean][] = [];
      const onClosed = vi.fn<BusSession['onClosed']>();
      const bus = bench.bus(device);
      open.push(bus);
      const session: BusSession = {
        will: message(`prakat/v1/43/device/${device}/presence`, 'offline', { retained: true }),
        onMessage: ({ topic, payload, retained }) => heard.push([topic, String(payload), retained]),
        onClosed,
      };
      await bus.connect(session);
      return { bus, heard, onClosed, session };
    }

    test('carries messages in order, byte by byte', async () => {
      const near = await connect('hall-1');
      const far = await connect('hall-2');
      await near.bus.subscribe([TOPIC]);
      for (let each = 0; each < 50; each++) await far.bus.publish(message(TOPIC, `น้ำท่วม ${each}`));
      await vi.waitFor(() => expect(near.heard).toHaveLength(50));
      expect(near.heard).toEqual(Array.from({ length: 50 }, (_, each) => [TOPIC, `น้ำท่วม ${each}`, false]));
    });

    test('tells a retained message from a live one (F19)', async () => {
      const far = await connect('hall-2');
      await far.bus.publish(message(TOPIC, 'stale', { retained: true }));
      const near = await connect('hall-1');
      await near.bus.subscribe([TOPIC]);
      await vi.waitFor(() => expect(near.heard).toEqual([[TOPIC, 'stale', true]]));
      await far.bus.publish(message(TOPIC, 'live'));
      await vi.waitFor(() => expect(near.heard[1]).toEqual([TOPIC, 'live', false]));
      await far.bus.publish(message(TOPIC, '', { retained: true }));
    });

    test('shows what the broker keeps again to who subscribes again (MQTT 3.1.1, 3.8.4)', async () => {
      const near = await connect('hall-1');
      await near.bus.publish(message(PRESENCE, 'online', { retained: true }));
      await near.bus.subscribe([TOPIC, PRESENCE]);
      await vi.waitFor(() => expect(near.heard).toHaveLength(1));
      await near.bus.subscribe([TOPIC, PRESENCE]);
      await vi.waitFor(() => expect(near.heard).toEqual(Array(2).fill([PRESENCE, 'online', true])));
    });

    test('what was ordered while the line was cut is delivered when it is back', async () => {
      const near = await connect('hall-1');
      await near.bus.subscribe([TOPIC]);
      await near.bus.disconnect();
      const far = await connect('hall-2');
      await far.bus.publish(message(TOPIC, 'missed'));
      await near.bus.connect(near.session);
      await vi.waitFor(() => expect(near.heard).toEqual([[TOPIC, 'missed', false]]));
    });

    test('a line that is cut is told once, its will is published, and what waits is rejected', async () => {
      const near = await connect('hall-1');
      bench.reset();
      await expect(near.bus.publish(message(TOPIC, 'x'))).rejects.toMatchObject({ code: 'bus-lost' });
      await vi.waitFor(() => expect(near.onClosed).toHaveBeenCalledOnce());
      await expect(near.bus.publish(message(TOPIC, 'x'))).rejects.toMatchObject({ code: 'bus-lost' });
      const far = await connect('hall-2');
      await far.bus.subscribe([PRESENCE]);
      await vi.waitFor(() => expect(far.heard.at(-1)?.[1]).toBe('offline'));
    });

    test('a line that is half open is noticed within 1.5 keepalives (F20)', async () => {
      const near = await connect('hall-1');
      bench.freeze();
      const waiting = expect(near.bus.publish(message(TOPIC, 'x'))).rejects.toMatchObject({
        code: 'bus-lost',
      });
      const slack_ms = 1_000;
      await vi.waitFor(() => expect(near.onClosed).toHaveBeenCalledOnce(), {
        timeout: bench.keepalive_ms * 1.5 + slack_ms,
      });
      await waiting;
    });

    test('connects again and again with the same session, each end told once', async () => {
      const near = await connect('hall-1');
      for (let each = 1; each <= 3; each++) {
        bench.reset();
        await vi.waitFor(() => expect(near.onClosed).toHaveBeenCalledTimes(each));
        await near.bus.connect(near.session);
      }
      await near.bus.subscribe([TOPIC]);
      await near.bus.publish(message(TOPIC, 'again'));
      await vi.waitFor(() => expect(near.heard).toEqual([[TOPIC, 'again', false]]));
    });

    test('a wanted end sends no will', async () => {
      const far = await connect('hall-2');
      await far.bus.subscribe([PRESENCE]);
      const near = await connect('hall-1');
      await near.bus.publish(message(PRESENCE, 'online', { retained: true }));
      await near.bus.disconnect();
      expect(near.onClosed).toHaveBeenCalledOnce();
      await far.bus.publish(message(PRESENCE, 'end of test'));
      await vi.waitFor(() => expect(far.heard.map(([, text]) => text)).toEqual(['online', 'end of test']));
    });

    test('a wrong password is refused', async () => {
      const bus = bench.bus('hall-1', 'wrong');
      const session = { will: message(PRESENCE, 'x'), onMessage: () => {}, onClosed: vi.fn() };
      await expect(bus.connect(session)).rejects.toMatchObject({ code: 'bus-refused' });
      expect(session.onClosed).not.toHaveBeenCalled();
    });

    test('a broker that is not there is unreachable', async () => {
      const session = { will: message(PRESENCE, 'x'), onMessage: () => {}, onClosed: vi.fn() };
      await expect(bench.nowhere().connect(session)).rejects.toMatchObject({ code: 'bus-unreachable' });
      expect(session.onClosed).not.toHaveBeenCalled();
    });
  });
}

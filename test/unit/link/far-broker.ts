import { DeviceError } from '../../../device/errors.ts';
import { Link, type LinkHandlers } from '../../../device/link/link.ts';
import type { Bus, BusMessage, BusSession } from '../../../device/ports.ts';
import type { DeviceState } from '../../../firmware-protocol/mqtt/messages.ts';
import type { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

/** The broker's end of a bus: the test decides whether it is reachable and what it says. */
export class FarBroker implements Bus {
  reachable = true;
  session: BusSession | undefined;
  connects = 0;
  filters: string[] = [];
  readonly published: { topic: string; payload: unknown; qos: number; retained: boolean }[] = [];

  async connect(session: BusSession): Promise<void> {
    this.connects += 1;
    if (!this.reachable) throw new DeviceError('bus-unreachable');
    this.session = session;
  }

  async subscribe(filters: string[]): Promise<void> {
    this.filters = filters;
  }

  async publish({ topic, payload, qos, retained }: BusMessage): Promise<void> {
    if (this.session === undefined) throw new DeviceError('bus-lost');
    this.published.push({ topic, payload: JSON.parse(Buffer.from(payload).toString()), qos, retained });
  }

  async disconnect(): Promise<void> {
    this.cut('disconnected');
  }

  cut(reason = 'reset'): void {
    const { session } = this;
    this.session = undefined;
    session?.onClosed(reason);
  }

  say(topic: string, payload: unknown, retained = false): void {
    const bytes = typeof payload === 'string' ? payload : JSON.stringify(payload);
    this.session?.onMessage({ topic, payload: Buffer.from(bytes), qos: 1, retained });
  }

  on(topicEnd: string): unknown[] {
    return this.published.filter(({ topic }) => topic.endsWith(topicEnd)).map(({ payload }) => payload);
  }
}

export const STATE: DeviceState = {
  boot: 3,
  version: '1',
  village: '43010102',
  trust: 'none',
  boot_nonce: 'n',
  keys: 1,
  programmes: [],
  outputs: {},
  warnings: [],
};

export function linkTo(
  bus: Bus,
  clock: VirtualClock,
  handlers: Partial<LinkHandlers>,
  state: () => DeviceState = () => STATE,
): Link {
  const nothing = async () => {};
  return new Link({
    bus,
    clock,
    random: { fraction: () => 0.999, bytes: (count) => new Uint8Array(count) },
    log: silentLog,
    device: 'hall-1',
    village: '43010102',
    boot: 3,
    state,
    health: async () => ({ at: '2026-11-13T18:30:00+07:00', uptime_s: 1, rss_bytes: 1, reports_waiting: 0 }),
    handlers: {
      order: nothing,
      programme: nothing,
      release: nothing,
      keys: nothing,
      receipt: nothing,
      timeAnswer: nothing,
      request: async () => ({ status: 'ok', data: {} }),
      connected: () => {},
      disconnected: () => {},
      dropped: () => {},
      ...handlers,
    },
  });
}

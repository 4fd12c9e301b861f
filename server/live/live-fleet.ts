import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { EVENT_LIMITS, type FleetEvent } from '../../firmware-protocol/mqtt/event-messages.ts';
import { mayReach } from '../areas/reach.ts';
import { hallRowOf } from '../fleet/hall-row.ts';
import type { Clock, Log, OperatorIdentity } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import type { Audience } from './audience.ts';

export const LIVE_FLEET = {
  /** A hall that begins to play says so, and its sign too, within a second: told together. A person sees no difference. */
  gather_ms: 1_000,
  /** After a storm, in which everybody asks for lists anew, the next one is not told before this. */
  afterStorm_ms: 5_000,
  /** More than this at once is a storm: a line that came back, a broker that restarted. Nothing is read of it. */
  storm: 2_000,
  /** Of the row's 65,536. */
  bytes: 64_000,
} as const;

interface Needs {
  audience: Pick<Audience, 'isEmpty' | 'here' | 'tellHere'>;
  devices: Pick<Database['devices'], 'many'>;
  clock: Pick<Clock, 'after'>;
  log: Pick<Log, 'error'>;
}

/** Tells whoever looks which halls changed. Each server hears all halls, so each tells its own pages. */
export class LiveFleet {
  readonly #needs: Needs;
  #changed = new Set<DeviceId>();
  #all = false;
  #isOpen = true;
  #cancel: (() => void) | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** After what is known of a hall was stored. */
  note(id: DeviceId): void {
    if (this.#cancel === undefined && this.#needs.audience.isEmpty('fleet')) return;
    this.#changed.add(id);
    this.#tellAfter(LIVE_FLEET.gather_ms);
  }

  /** All were set offline at once, say. */
  noteAll(): void {
    this.#all = true;
    this.#tellAfter(LIVE_FLEET.gather_ms);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#cancel?.();
    await this.#telling;
  }

  #tellAfter(wait_ms: number): void {
    if (!this.#isOpen) return;
    this.#cancel ??= this.#needs.clock.after(wait_ms, () => {
      this.#telling = this.#tell().catch((error: unknown) =>
        this.#needs.log.error({ error }, 'who looks was not told which halls changed'),
      );
    });
  }

  async #tell(): Promise<void> {
    const changed = this.#changed;
    const isStorm = this.#all || changed.size > LIVE_FLEET.storm;
    this.#changed = new Set();
    this.#all = false;
    try {
      const { audience, devices } = this.#needs;
      const records = isStorm ? [] : [...(await devices.many([...changed])).values()];
      for (const who of await audience.here('fleet')) {
        const event = isStorm ? RELOAD : eventFor(who, records);
        if (event !== undefined) audience.tellHere(who.user, 'fleet', event);
      }
    } finally {
      this.#cancel = undefined;
      if (isStorm && this.#isOpen) this.#rest();
      else if (this.#changed.size > 0 || this.#all) this.#tellAfter(LIVE_FLEET.gather_ms);
    }
  }

  /** What comes in this time is gathered, and told after it. */
  #rest(): void {
    this.#cancel = this.#needs.clock.after(LIVE_FLEET.afterStorm_ms, () => {
      this.#cancel = undefined;
      if (this.#changed.size > 0 || this.#all) this.#tellAfter(0);
    });
  }
}

const RELOAD: FleetEvent = { halls: [], reload: true };

/** What of it this person may see; undefined = nothing. */
function eventFor({ areas }: OperatorIdentity, records: DeviceRecord[]): FleetEvent | undefined {
  const halls = records.filter(({ village }) => mayReach(areas, village)).map(hallRowOf);
  if (halls.length === 0) return undefined;
  const event = { halls };
  const fits =
    halls.length <= EVENT_LIMITS.halls && Buffer.byteLength(JSON.stringify(event)) <= LIVE_FLEET.bytes;
  return fits ? event : RELOAD;
}

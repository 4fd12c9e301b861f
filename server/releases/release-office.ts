import { zoneOf } from '../../firmware-protocol/content/area.ts';
import { Release } from '../../firmware-protocol/content/release.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, Clock, Log } from '../ports.ts';

/** A release that was put down while the server runs goes out within so long. */
const LOOK_MS = 60_000;

interface Needs {
  /** The documents as they were signed, at most one an area. */
  documents: () => Promise<string[]>;
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  log: Log;
}

/**
 * Hands out releases of the agent: retained, exactly as they were signed. The server cannot make one: their key is not
 * its own. Halls judge them; here only what is no release at all is kept back.
 */
export class ReleaseOffice {
  readonly #needs: Needs;
  readonly #published = new Map<string, string>();
  #cancelTimer: (() => void) | undefined;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  start(): void {
    this.#cancelTimer = this.#needs.clock.after(LOOK_MS, () => {
      this.#publishNew().catch((error: unknown) => this.#needs.log.error({ error }, 'releases failed'));
      this.start();
    });
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
  }

  /** Everything again: a broker may have come back empty. */
  async publishAll(): Promise<void> {
    this.#published.clear();
    await this.#publishNew();
  }

  async #publishNew(): Promise<void> {
    const { documents, broker, log } = this.#needs;
    for (const text of await documents()) {
      const release = releaseIn(text);
      if (release === undefined)
        log.warn({ text: text.slice(0, 200) }, 'a file of the releases is no release');
      if (release === undefined || this.#published.get(release.area) === text) continue;
      const { area, version, share } = release;
      const topic = topicOf('areaRelease', { zone: zoneOf(area), area });
      try {
        await broker.publish({ topic, payload: Buffer.from(text), qos: 1, retained: true });
      } catch (error) {
        if (!isServerError(error, 'broker-down')) throw error;
        log.warn({ area, version }, 'the broker is away; the release waits');
        return;
      }
      this.#published.set(area, text);
      log.info({ area, version, share }, 'release published');
    }
  }
}

function releaseIn(text: string): Release | undefined {
  try {
    return Release.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

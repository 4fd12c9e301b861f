import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { SideloadResult } from '../../firmware-protocol/stick/layout.ts';
import type { Clock, Journal, Log } from '../ports.ts';
import type { Stick, StickPlaces } from './stick.ts';
import { type DocumentNeeds, takeDocuments } from './stick-documents.ts';
import { type FileNeeds, takeFiles } from './stick-files.ts';
import { Tally } from './tally.ts';

export interface SideloadNeeds extends DocumentNeeds, FileNeeds {
  /** Undefined = this agent is replaced by other hands. */
  releases: DocumentNeeds['releases'];
  sticks: Pick<StickPlaces, 'open'>;
  /** Writes what the server has not receipted; resolves to how many batches there are now. */
  writeReports: (stick: Stick) => Promise<number>;
  /** Files came: what still lacks is looked at anew. */
  changed: () => void;
  journal: Journal;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

/**
 * Takes from a stick what the wire would bring: each document goes through the desk or gate of its kind, as if it had just
 * come; a file only when something accepted needs it, by its hash.
 */
export class Sideload {
  readonly #needs: SideloadNeeds;
  #last: Promise<unknown> = Promise.resolve();

  constructor(needs: SideloadNeeds) {
    this.#needs = needs;
  }

  /** One stick after the other. Rejects `stick-unreadable` when there is nothing of ours in the folder. */
  take(folder: string): Promise<SideloadResult> {
    const done = this.#last.then(() => this.#take(this.#needs.sticks.open(folder)));
    this.#last = done.catch(() => {});
    return done;
  }

  async #take(stick: Stick): Promise<SideloadResult> {
    const { device, clock, log, changed } = this.#needs;
    const tally = new Tally();
    const seen = await takeDocuments(stick, tally, this.#needs);
    const missing = await takeFiles(stick, tally, this.#needs, seen);
    const { taken, had, notNeeded: not_needed, refused, refusedCount: refused_count } = tally;
    const at = instantOf(clock.wall());
    await this.#record(tally).catch((error: unknown) =>
      log.error({ error }, 'the stick could not be reported'),
    );
    const reports_written = await this.#needs.writeReports(stick).catch((error: unknown) => {
      log.warn({ error }, 'no reports were written to the stick');
      return 0;
    });
    const found = { had, not_needed, missing, refused, refused_count, reports_written };
    log.info({ folder: stick.folder, taken, had, missing, refused_count }, 'a stick was read');
    changed();
    return { folder: stick.folder, at, device, taken, ...found };
  }

  /** A stick that brought nothing and had nothing wrong is no news. */
  async #record({ taken, refusedCount: refused }: Tally): Promise<void> {
    const { keys, programmes, orders, files } = taken;
    if (keys.length + programmes.length + orders.length + files + refused === 0) return;
    const counts = {
      keys: keys.length,
      programmes: programmes.length,
      orders: orders.length,
      files,
      refused,
    };
    await this.#needs.journal.record([{ type: 'sideloaded', ...counts }]);
  }
}

import type { Clock, Log } from '../ports.ts';
import type { Sideload } from './sideload.ts';
import type { StickPlaces } from './stick.ts';

/** A technician waits beside the box; a look is a handful of `readdir`. */
const LOOK_MS = 10_000;

export interface StickWatchParts {
  sticks: Pick<StickPlaces, 'look'>;
  sideload: Pick<Sideload, 'take'>;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/** Reads each stick once: when it is put in, and again when other files are on it. */
export class StickWatch {
  readonly #parts: StickWatchParts;
  /** Folder -> the mark of what was read. */
  #read = new Map<string, string>();
  #isStopped = false;
  #looking: Promise<void> = Promise.resolve();
  #cancel: () => void = () => {};

  constructor(parts: StickWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#looking = this.#look().then(() => {
      if (!this.#isStopped) this.#cancel = this.#parts.clock.after(LOOK_MS, () => this.start());
    });
  }

  /** Resolves when no stick is being read. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { sticks, sideload, log } = this.#parts;
    try {
      const there = await sticks.look();
      const before = this.#read;
      this.#read = new Map();
      for (const { folder, mark } of there) {
        if (this.#isStopped) return;
        // Noted before it is read: a stick that makes reading fail is not read each ten seconds for ever.
        this.#read.set(folder, mark);
        if (before.get(folder) !== mark)
          await sideload
            .take(folder)
            .catch((error: unknown) => log.warn({ error, folder }, 'a stick was not read'));
      }
    } catch (error) {
      log.warn({ error }, 'sticks could not be looked for');
    }
  }
}

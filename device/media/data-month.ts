import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Clock, Store } from '../ports.ts';
import { isPressing, type MediaNeed } from './media-need.ts';

/** Written down so often, bytes: a power cut forgets no more, and a card is not worn by counting. */
const COUNT_STEP_BYTES = 1024 * 1024;
const FACT = 'media-month';

export interface DataMonthParts {
  store: Pick<Store, 'fact' | 'commit'>;
  clock: Pick<Clock, 'wall'>;
  /** Whether the wall clock may say which month it is. */
  isTimeKnown: () => boolean;
  /** Bytes that may be fetched in a calendar month; undefined = as many as are needed. */
  limitBytes: number | undefined;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
  failed: (error: unknown) => void;
}

/** Counts the bytes of media that the month's link has brought, over restarts. A month is one of the Thai calendar. */
export class DataMonth {
  readonly #parts: DataMonthParts;
  #month = '';
  #bytes = 0;
  #unwritten = 0;

  constructor(parts: DataMonthParts) {
    this.#parts = parts;
  }

  get bytes(): number {
    this.#turn();
    return this.#bytes;
  }

  async load(): Promise<void> {
    const [month = '', bytes] = ((await this.#parts.store.fact(FACT)) ?? '').split(' ');
    this.#month = month;
    this.#bytes += Number(bytes) || 0;
  }

  arrived(bytes: number): void {
    this.#turn();
    this.#bytes += bytes;
    this.#unwritten += bytes;
    if (this.#unwritten >= COUNT_STEP_BYTES) this.write();
  }

  /** At the end of a file, and of the process. */
  write(): void {
    if (this.#unwritten === 0) return;
    this.#unwritten = 0;
    this.#parts.store
      .commit({ facts: { [FACT]: `${this.#month} ${this.#bytes}` } })
      .catch(this.#parts.failed);
  }

  /** What is due within a day, and alerts, are fetched whatever the month has cost; that is told. */
  allows(need: MediaNeed): boolean {
    const { limitBytes, warnings, clock } = this.#parts;
    if (limitBytes === undefined || this.bytes + need.bytes <= limitBytes) return true;
    const [used, limit] = [this.#bytes, limitBytes].map((bytes) => (bytes / 1_000_000).toFixed(1));
    warnings.raise('media-data', `${this.#month}: ${used} of ${limit} MB`);
    return isPressing(need, clock.wall());
  }

  /** While the time is not known, it goes on being the month that it was. */
  #turn(): void {
    const { clock, isTimeKnown, warnings } = this.#parts;
    if (!isTimeKnown()) return;
    const month = new Date(clock.wall() + BANGKOK_OFFSET_MS).toISOString().slice(0, 7);
    if (month === this.#month) return;
    if (this.#month !== '') this.#bytes = 0;
    this.#month = month;
    warnings.clear('media-data');
  }
}

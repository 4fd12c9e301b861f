import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Clock } from '../ports.ts';
import type { HearingGroup } from '../programme/hearing.ts';

const KEPT_HEARINGS = {
  /** From one page to the next a person reads; a program asks at once. */
  seconds: 120,
  /** Villages of all that are kept: some 150 bytes each. One nation is always kept. */
  villages: 100_000,
} as const;

/** Whose question it was: the pages of others are not his. */
export interface Asked {
  user: string;
  /** As far as he may look. */
  visible: readonly AreaCode[];
  /** Epoch ms. */
  fromMs: number;
  untilMs: number;
}

/** Who hears the same, without what: the plans of a page are soon made of these programmes, those of a nation fill the memory. */
export interface Heard {
  programmes: Programme[];
  villages: number;
  groups: Pick<HearingGroup, 'villages' | 'hearers'>[];
}

/** Answers of `hearing` by whoever may turn the page: the next one is of the same moment, and costs a page. */
export class KeptHearings {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** Those that were used last stand last. */
  readonly #kept = new Map<string, { until: number; heard: Heard }>();

  constructor({ clock }: { clock: Pick<Clock, 'monotonic'> }) {
    this.#clock = clock;
  }

  /** Undefined: it has to be worked out anew. */
  find(asked: Asked): Heard | undefined {
    this.#forget();
    return this.#kept.get(nameOf(asked))?.heard;
  }

  keep(asked: Asked, heard: Heard): void {
    const until = this.#clock.monotonic() + KEPT_HEARINGS.seconds * 1_000;
    this.#kept.delete(nameOf(asked));
    this.#kept.set(nameOf(asked), { until, heard });
    this.#forget();
  }

  /** What is too old, and of what is too much the oldest; never the last. */
  #forget(): void {
    const now = this.#clock.monotonic();
    let villages = [...this.#kept.values()].reduce((sum, { heard }) => sum + heard.villages, 0);
    for (const [name, { until, heard }] of this.#kept) {
      const isTooMuch = villages > KEPT_HEARINGS.villages && this.#kept.size > 1;
      if (until > now && !isTooMuch) continue;
      this.#kept.delete(name);
      villages -= heard.villages;
    }
  }
}

function nameOf({ user, visible, fromMs, untilMs }: Asked): string {
  return JSON.stringify([user, visible, fromMs, untilMs]);
}

import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { type Decision, type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import { resolveUnder } from './under-laws.ts';

/** The longest entry lasts ten hours (an hour, ten times): what began before the window may still sound in it. */
const LOOK_BACK_MS = 12 * 3_600_000;

/** Somebody to whom a plan is explained. */
export interface Listener {
  village: AreaCode;
  /** As its hall told; undefined = not known, or none. */
  laws: SiteLaws | undefined;
}

/**
 * What each of many villages will hear and show between two instants (epoch ms), by the resolver of the boxes. What is due of a programme is
 * worked out once, when the first village asks for it; villages that have the same programmes over them and the same laws hear the same, and are
 * resolved once.
 */
export class VillagePlans {
  readonly #programmes: ReadonlyMap<AreaCode, Programme>;
  readonly #due = new Map<AreaCode, Occurrence[]>();
  readonly #plans = new Map<string, Decision[]>();
  readonly #lawTexts = new Map<SiteLaws, string>();
  readonly #fromMs: number;
  readonly #untilMs: number;

  constructor(programmes: Programme[], fromMs: number, untilMs: number) {
    [this.#fromMs, this.#untilMs] = [fromMs, untilMs];
    this.#programmes = new Map(programmes.map((programme) => [programme.area, programme]));
  }

  /** Decisions in order of their first moment; the same array for villages that hear the same. */
  of({ village, laws }: Listener): Decision[] {
    const areas = lineageOf(village).filter((area) => this.#programmes.has(area));
    const key = `${areas.join(' ')} ${this.#lawText(laws)}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const occurrences = areas.flatMap((area) => this.#dueOf(area)).sort((a, b) => a.startMs - b.startMs);
    const plan = resolveUnder(laws, occurrences)
      .filter(({ endsMs, startsMs }) => Math.max(endsMs, startsMs) >= this.#fromMs)
      .sort((one, other) => one.startsMs - other.startsMs);
    this.#plans.set(key, plan);
    return plan;
  }

  #dueOf(area: AreaCode): Occurrence[] {
    const programme = this.#programmes.get(area);
    const known = this.#due.get(area);
    if (known !== undefined || programme === undefined) return known ?? [];
    // As the device's runner sees it: what a programme says about the time before it was issued was never due.
    const first = Math.max(this.#fromMs - LOOK_BACK_MS, epochMsOf(programme.issued_at));
    const due = occurrencesOf([programme], first, this.#untilMs);
    this.#due.set(area, due);
    return due;
  }

  #lawText(laws: SiteLaws | undefined): string {
    if (laws === undefined) return '';
    const text = this.#lawTexts.get(laws) ?? JSON.stringify(laws);
    this.#lawTexts.set(laws, text);
    return text;
  }
}

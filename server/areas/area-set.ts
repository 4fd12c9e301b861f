import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';

/** Areas by what lies in them and around them, so that 75,000 villages are held against 75,000 areas without looking at each pair. */
export class AreaSet {
  readonly #areas: ReadonlySet<AreaCode>;
  /** By each area around them, and by themselves. */
  readonly #inside = new Map<AreaCode, AreaCode[]>();

  constructor(areas: Iterable<AreaCode>) {
    this.#areas = new Set(areas);
    for (const area of this.#areas)
      for (const outer of lineageOf(area)) {
        const inside = this.#inside.get(outer);
        if (inside === undefined) this.#inside.set(outer, [area]);
        else inside.push(area);
      }
  }

  /** Whether `area` is one of them or lies in one. */
  covers(area: AreaCode): boolean {
    return lineageOf(area).some((outer) => this.#areas.has(outer));
  }

  /** What of `wanted` lies in them: the smaller of two that overlap. */
  overlap(wanted: AreaCode): AreaCode[] {
    return this.covers(wanted) ? [wanted] : (this.#inside.get(wanted) ?? []);
  }

  /** Those that lie in none of the others, in their order. */
  outermost(): AreaCode[] {
    return [...this.#areas].filter((area) =>
      lineageOf(area)
        .slice(1)
        .every((outer) => !this.#areas.has(outer)),
    );
  }
}

import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { startsOfEntry } from '../../firmware-protocol/content/resolver.ts';

const FREEZE = {
  /** A hall on 4G has a new programme within a minute and may still have to fetch its sound; who was told it comes stands listening. */
  minutes: 10,
} as const;

/** What begins within minutes from now (epoch ms) and would come, go or be another thing: `<area>/<entry>/<instant>`. */
export function frozenChanges(
  area: AreaCode,
  before: readonly ProgrammeEntry[],
  after: readonly ProgrammeEntry[],
  nowMs: number,
): string[] {
  const untilMs = nowMs + FREEZE.minutes * 60_000;
  const [was, will] = [before, after].map((entries) => startsBetween(area, entries, nowMs, untilMs));
  const ids = new Set([...(was?.keys() ?? []), ...(will?.keys() ?? [])]);
  return [...ids].filter((id) => was?.get(id) !== will?.get(id)).sort();
}

/** Each start, and what is said then. */
function startsBetween(
  area: AreaCode,
  entries: readonly ProgrammeEntry[],
  fromMs: number,
  untilMs: number,
): Map<string, string> {
  return new Map(
    entries.flatMap((entry) => {
      const { announcement, band, outputs, grace_s, when_cut } = entry;
      const said = JSON.stringify([band, outputs, grace_s, when_cut, announcement]);
      return startsOfEntry(entry, fromMs, untilMs).map((ms): [string, string] => [
        `${area}/${entry.id}/${instantOf(ms)}`,
        said,
      ]);
    }),
  );
}

import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import { epochMsOfLocal, LocalTime } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import { type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import type { Play } from '../playout/play.ts';

/** What the playout is asked to do for one occurrence. */
export function playOfOccurrence({ id, entry, startMs, latestStartMs }: Occurrence): Play {
  return {
    id,
    band: entry.band,
    announcement: entry.announcement,
    outputs: outputsOf(entry),
    startAt: startMs,
    latestStart: latestStartMs,
    whenCut: entry.when_cut,
  };
}

/** The occurrence of that name, as the programmes say it now; undefined = they no longer do, or it is an order's id. */
export function findOccurrence(programmes: Programme[], id: PlayId): Occurrence | undefined {
  const startMs = startIn(id);
  if (startMs === undefined) return undefined;
  return occurrencesOf(programmes, startMs, startMs + 1).find((each) => each.id === id);
}

/** `<area>/<entry>/20261113T183000` -> epoch ms. */
function startIn(id: PlayId): number | undefined {
  const [, , compact = ''] = id.split('/');
  const local = compact.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)$/, '$1-$2-$3:$4:$5');
  const read = LocalTime.safeParse(local);
  return read.success ? epochMsOfLocal(read.data) : undefined;
}

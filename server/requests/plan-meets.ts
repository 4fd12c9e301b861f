import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import { type AreaCode, deviceOf, lineageOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { Band, Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme, ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { durationMsOf, startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import type { PlanAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import { othersFirst } from '../others-first.ts';
import type { RequestNeeds } from './request-row.ts';

const MEETS_LIMITS = {
  /** More lines than a person reads before sending. */
  told: 200,
  /** A province with all that lies in it, or the nation's programme with the widest of the others: 100 ms of work, twice that when they are first read. */
  budget: { programmes: 1_000, entries: 4_000 },
  /** 20 ms of work; then others have their turn. */
  entriesInOneGo: 1_000,
} as const;

/** A push as it would be: when (epoch ms), how long, how loud in rank. */
export interface Planned {
  startMs: number;
  band: Band;
  airtimeMs: Record<Output, number>;
}

type Met = PlanAnswer['meets'][number];

/** What of the programmes over these targets and inside them would be on the air then, the earliest first; of many programmes the widest are looked at. */
export async function metBy(
  planned: Planned,
  to: readonly Target[],
  needs: RequestNeeds,
): Promise<Pick<PlanAnswer, 'meets' | 'programmes_left_out'>> {
  const touches = touching(to, needs.rollUp);
  await othersFirst();
  const { found, leftOut } = await needs.province.plans.shelf.widest(touches, MEETS_LIMITS.budget);
  const met: { startMs: number; met: Met }[] = [];
  let looked = 0;
  for (const { programme } of found) {
    met.push(...metIn(programme, planned));
    looked += programme.entries.length;
    if (looked < MEETS_LIMITS.entriesInOneGo) continue;
    looked = 0;
    await othersFirst();
  }
  return {
    meets: met
      .sort((a, b) => a.startMs - b.startMs)
      .slice(0, MEETS_LIMITS.told)
      .map((each) => each.met),
    programmes_left_out: leftOut,
  };
}

/** Whether a programme of an area is heard by a hall of the targets. */
function touching(to: readonly Target[], rollUp: RequestNeeds['rollUp']): (area: AreaCode) => boolean {
  const places = new Set(to.flatMap((target) => placeOf(target, rollUp)));
  const over = new Set([...places].flatMap(lineageOf));
  return (area) =>
    over.has(area) || (rollUp.of(area).halls > 0 && lineageOf(area).some((each) => places.has(each)));
}

/** Of a device, the village where it stands; nowhere if there is nobody to hear. */
function placeOf(target: Target, rollUp: RequestNeeds['rollUp']): AreaCode[] {
  const device = deviceOf(target);
  const place = device === undefined ? target : rollUp.hall(device)?.village;
  return place !== undefined && rollUp.of(place).halls > 0 ? [place] : [];
}

function metIn(
  { area, entries, valid_until }: Programme,
  { startMs, band, airtimeMs }: Planned,
): { startMs: number; met: Met }[] {
  const endMs = Math.min(startMs + Math.max(airtimeMs.tower, airtimeMs.panel), epochMsOf(valid_until));
  return entries.flatMap((entry) => {
    const lengthMs = lengthMsOf(entry);
    // What began earlier than its length ago is over.
    return startsOfEntry(entry, startMs - lengthMs + 1, endMs).map((starts) => ({
      startMs: starts,
      met: {
        area,
        title: entry.announcement.title,
        starts: instantOf(starts),
        ends: instantOf(starts + lengthMs),
        what: entry.band > band ? ('goes-first' as const) : ('cut' as const),
      },
    }));
  });
}

function lengthMsOf(entry: ProgrammeEntry): number {
  return Math.max(...outputsOf(entry).map((output) => durationMsOf(entry.announcement, output)));
}

import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import type { CalendarTable } from '../calendar/calendar-days.ts';
import { expandPlan } from './expand-plan.ts';
import type { ProgrammeSource, PublishedVersion } from './plan-records.ts';
import type { ProgrammeShelf } from './programme-shelf.ts';

/** What stood, stands or shall stand as the plan of an area from one instant up to, not including, another (epoch ms). */
export interface PlanSpan {
  area: AreaCode;
  entries: ProgrammeEntry[];
  fromMs: number;
  untilMs: number;
  /** Of a draft: ids of the entries that are not published as they stand here. */
  unpublished?: ReadonlySet<string>;
}

/** An entry that names a calendar which is not there: a renewal leaves it out, and so is it left out here. */
export interface LeftOut {
  area: AreaCode;
  entry: string;
  en: string;
  th: string;
}

export interface PlanSpans {
  spans: PlanSpan[];
  leftOut: LeftOut[];
}

interface Looked {
  shelf: Pick<ProgrammeShelf, 'version'>;
  calendars: Pick<CalendarTable, 'get'>;
  fromMs: number;
  untilMs: number;
}

/**
 * A published plan with what went before it: before a version was issued its forerunner held. The newest goes on beyond its signature, as
 * renewals will have it, with its calendars as they are now.
 */
export async function spansOfPublished(newest: PublishedVersion, looked: Looked): Promise<PlanSpans> {
  const { fromMs, untilMs } = looked;
  const { area, version, issued_at, entries } = newest.programme;
  const source = newest.source ?? { entries, slots: [] };
  const current = await spansOfPlan(area, source, {
    ...looked,
    fromMs: Math.max(fromMs, epochMsOf(issued_at)),
  });
  const earlier: PlanSpan[] = [];
  let until = Math.min(untilMs, epochMsOf(issued_at));
  for (let before = version - 1; before > 0 && until > fromMs; before--) {
    const programme = (await looked.shelf.version(area, before))?.programme;
    if (programme === undefined) break;
    const [issued, ended] = [epochMsOf(programme.issued_at), epochMsOf(programme.valid_until)];
    earlier.push(spanOf(area, programme.entries, Math.max(fromMs, issued), Math.min(until, ended)));
    until = Math.min(until, issued);
  }
  return { spans: [...earlier, ...current.spans], leftOut: current.leftOut };
}

/** A plan as it would be if it held between the two instants. */
export async function spansOfPlan(
  area: AreaCode,
  source: ProgrammeSource,
  { calendars, fromMs, untilMs }: Omit<Looked, 'shelf'>,
): Promise<PlanSpans> {
  if (fromMs >= untilMs) return { spans: [], leftOut: [] };
  const { entries, faults } = await expandPlan(calendars, area, source, fromMs, untilMs);
  const missing = faults.filter(({ code }) => code === 'unknown-calendar');
  const broken = new Map(missing.map((fault) => [Number(/^entries\[(\d+)\]/.exec(fault.path)?.[1]), fault]));
  return {
    spans: [
      spanOf(
        area,
        entries.filter((_, at) => !broken.has(at)),
        fromMs,
        untilMs,
      ),
    ],
    leftOut: [...broken].map(([at, { en, th }]) => ({ area, entry: source.entries[at]?.id ?? '', en, th })),
  };
}

function spanOf(area: AreaCode, entries: ProgrammeEntry[], fromMs: number, untilMs: number): PlanSpan {
  return { area, entries, fromMs, untilMs };
}

/** Of `spans`, what lies before `untilMs`. */
export function spansBefore(spans: PlanSpan[], untilMs: number): PlanSpan[] {
  return spans
    .map((span) => ({ ...span, untilMs: Math.min(span.untilMs, untilMs) }))
    .filter((span) => span.fromMs < span.untilMs);
}

import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { DAY_MS } from '../../firmware-protocol/content/civil-day.ts';
import { BANGKOK_OFFSET_MS, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { OccurrencesRequest } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { changeOf } from '../approvals/held-programme.ts';
import { calendarSpans } from '../calendar/calendar-spans.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { DraftRecord, PublishedVersion } from '../programme/plan-records.ts';
import { type PlanSpans, spansBefore, spansOfPlan, spansOfPublished } from '../programme/plan-spans.ts';
import { plannedRows } from '../programme/planned-rows.ts';
import type { RequestNeeds } from './request-row.ts';
import { type Days, slotsTold } from './slots-told.ts';
import { refuseTarget, visibleWithin } from './targets.ts';

const OCCURRENCES_TOLD = {
  plans: 1_000,
  /** More kinds of laws than a calendar can draw. */
  quiet: 20,
  faults: 50,
} as const;

type Answer = AnswerTo<'occurrences'>;
/** What is planned on each day: of an area, from above, and from below if asked; with holidays, slots and quiet hours to draw beside it. */
export async function occurrences(
  asker: OperatorIdentity,
  { area, from, until, which, below, after }: OccurrencesRequest,
  needs: RequestNeeds,
): Promise<Answer> {
  // Who may speak to a village may see what is planned above it, as published.
  const hears = which === 'published' && !below && asker.areas.some((own) => contains(area, own));
  if (!hears) await refuseTarget(asker, area, 'area', needs);
  const { db, plans } = needs.province;
  const [fromMs, untilMs] = [thaiMidnight(from), thaiMidnight(until) + DAY_MS];
  const days = { firstDay: Date.parse(from) / DAY_MS, fromMs, untilMs };
  const touches = (other: AreaCode) => contains(other, area) || (below && contains(area, other));
  const published = await plans.shelf.current(touches);
  const draft = which === 'draft' ? await db.drafts.get(area) : undefined;
  const { spans, leftOut } = await spansOf(published, draft, days, needs);
  const own = spans.filter((span) => span.area === area);
  const visible = visibleWithin(asker, area);
  return {
    area,
    from,
    until,
    ...plansTold(published, draft),
    ...plannedRows(spans, days.firstDay, after),
    slots: await slotsTold({ area, days, published, draft, own, visible }, needs),
    calendar: await calendarSpans(db.calendars, area, days.firstDay, Date.parse(until) / DAY_MS + 1),
    ...(await quietTold(visible, needs)),
    faults: leftOut.slice(0, OCCURRENCES_TOLD.faults),
    at: instantOf(needs.clock.wall()),
  };
}

function thaiMidnight(date: string): number {
  return Date.parse(date) - BANGKOK_OFFSET_MS;
}

/** Until now as it stood; from now on as it stands, or as it is drafted. */
async function spansOf(
  published: PublishedVersion[],
  draft: DraftRecord | undefined,
  { fromMs, untilMs }: Days,
  { province: { db, plans }, clock }: RequestNeeds,
): Promise<PlanSpans> {
  const looked = { shelf: plans.shelf, calendars: db.calendars, fromMs, untilMs };
  const now = clock.wall();
  const parts = await Promise.all(
    published.map(async (version): Promise<PlanSpans> => {
      const stood = await spansOfPublished(version, looked);
      const goesOn = version.programme.area !== draft?.area;
      return goesOn ? stood : { spans: spansBefore(stood.spans, now), leftOut: [] };
    }),
  );
  if (draft !== undefined) {
    const drafted = await spansOfPlan(draft.area, draft.source, { ...looked, fromMs: Math.max(fromMs, now) });
    const { added, changed } = changeOf(
      (await plans.published(draft.area)).source.entries,
      draft.source.entries,
    );
    const unpublished = new Set([...added, ...changed].map(({ id }) => id));
    parts.push({ ...drafted, spans: drafted.spans.map((span) => ({ ...span, unpublished })) });
  }
  return {
    spans: parts.flatMap(({ spans }) => spans),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  };
}

function plansTold(
  published: PublishedVersion[],
  draft: DraftRecord | undefined,
): Pick<Answer, 'plans' | 'plans_in_all'> {
  const told = published.map(({ programme: { area, version, entries } }) =>
    area === draft?.area
      ? { area, version, draft: true, entries: draft.source.entries.length }
      : { area, version, draft: false, entries: entries.length },
  );
  if (draft !== undefined && !told.some(({ area }) => area === draft.area))
    told.push({ area: draft.area, version: 0, draft: true, entries: draft.source.entries.length });
  const widestFirst = told.sort((a, b) => a.area.length - b.area.length || (a.area < b.area ? -1 : 1));
  return { plans: widestFirst.slice(0, OCCURRENCES_TOLD.plans), plans_in_all: told.length };
}

async function quietTold(
  areas: AreaCode[],
  { province: { db } }: RequestNeeds,
): Promise<Pick<Answer, 'quiet' | 'halls_untold'>> {
  const kinds = (await Promise.all(areas.map((area) => db.standings.lawsIn(area)))).flat();
  const halls = new Map<string, Answer['quiet'][number]>();
  for (const { laws, halls: count } of kinds) {
    if (laws === undefined) continue;
    const key = JSON.stringify(laws.quiet);
    const known = halls.get(key);
    halls.set(key, { halls: (known?.halls ?? 0) + count, windows: laws.quiet });
  }
  return {
    quiet: [...halls.values()].sort((a, b) => b.halls - a.halls).slice(0, OCCURRENCES_TOLD.quiet),
    halls_untold: kinds.reduce((sum, { laws, halls: count }) => (laws === undefined ? sum + count : sum), 0),
  };
}

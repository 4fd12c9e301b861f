import { contains } from '../../firmware-protocol/content/area.ts';
import { BANGKOK_OFFSET_MS, epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { IcalRequest } from '../../firmware-protocol/mqtt/ical-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import { expandPlan } from '../programme/expand-plan.ts';
import { eventsOf } from '../programme/ical/plan-events.ts';
import { writeIcal } from '../programme/ical/write-ical.ts';
import type { ProgrammeSource } from '../programme/plan-records.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const DAY_MS = 86_400_000;

interface Version {
  source: ProgrammeSource;
  version: number;
  madeMs: number;
}

/** The plan of an area as iCalendar. Who may speak to a village may read what is said there from above, as `programme` has it. */
export async function ical(
  asker: OperatorIdentity,
  { area, which, days }: IcalRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'ical'>> {
  const hears = which === 'published' && asker.areas.some((own) => contains(area, own));
  if (!hears) await refuseTarget(asker, area, 'area', needs);
  const { source, version, madeMs } = await versionOf(area, which, needs);
  const fromMs = thaiMidnight(needs.clock.wall());
  const untilMs = fromMs + days * DAY_MS;
  const { entries, faults } = await expandPlan(needs.province.db.calendars, area, source, fromMs, untilMs);
  const unknown = faults.filter(({ code }) => code === 'unknown-calendar');
  if (unknown.length > 0) throw new ServerError('request-invalid', { faults: unknown.slice(0, 20) });
  const written = eventsOf(area, source.entries, entries, source.slots, { fromMs, untilMs });
  const name = (await needs.places.placeOf(area))?.th ?? area;
  return {
    area,
    which,
    version,
    entries: written.events.length,
    ...(written.untilMs !== undefined && { until: instantOf(written.untilMs) }),
    ics: writeIcal({ title: `ผังรายการ ${name}`, version, madeMs }, written.events),
  };
}

async function versionOf(
  area: string,
  which: IcalRequest['which'],
  { province: { db, plans }, programmes, clock }: RequestNeeds,
): Promise<Version> {
  const draft = which === 'draft' ? await db.drafts.get(area) : undefined;
  // What a draft would be is later than what stands, for programs that compare SEQUENCE.
  if (draft !== undefined)
    return { source: draft.source, version: draft.basedOn + 1, madeMs: draft.changedAt };
  const { source, version } = await plans.published(area);
  const current = await programmes.current(area);
  return { source, version, madeMs: current === undefined ? clock.wall() : epochMsOf(current.issued_at) };
}

/** What already began today is part of today. */
function thaiMidnight(nowMs: number): number {
  return Math.floor((nowMs + BANGKOK_OFFSET_MS) / DAY_MS) * DAY_MS - BANGKOK_OFFSET_MS;
}

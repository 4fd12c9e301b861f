import { contains } from '../../firmware-protocol/content/area.ts';
import { BANGKOK_OFFSET_MS, epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import type { IcalRequest } from '../../firmware-protocol/mqtt/ical-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import { expandPlan } from '../programme/expand-plan.ts';
import { eventsOf, type PlanEvent } from '../programme/ical/plan-events.ts';
import { type IcalHead, writeIcal } from '../programme/ical/write-ical.ts';
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
  const head = { title: `ผังรายการ ${name}`, version, madeMs };
  refuseTooLong(head, written.events, days);
  return {
    area,
    which,
    version,
    entries: written.events.length,
    ...(written.untilMs !== undefined && { until: instantOf(written.untilMs) }),
    ics: writeIcal(head, written.events),
  };
}

/** Of a message, what the rest of the answer needs beside the file. */
const BESIDE_BYTES = 8 * 1_024;
/** One further or left-out date, as `20261113T183000,`, and its share of the line breaks. */
const DATE_BYTES = 18;

/** Before it is written: a year of a calendar each hour is tens of megabytes. Fewer days are fewer dates; what is said stays as long as it is. */
function refuseTooLong(head: IcalHead, events: PlanEvent[], days: number): void {
  const limit = TOPICS.operatorResponse.maxBytes - BESIDE_BYTES;
  const bytesOf = (...written: PlanEvent[]) => Buffer.byteLength(JSON.stringify(writeIcal(head, written)));
  const frame = bytesOf();
  let [words, dates] = [frame, 0];
  for (const event of events) {
    const { times } = event;
    dates += ((times?.dates.length ?? 0) + (times?.except.length ?? 0)) * DATE_BYTES;
    const undated = times && { ...times, dates: [], except: [] };
    words += bytesOf({ ...event, times: undated }) - frame;
  }
  if (words + dates <= limit) return;
  const fewer = Math.floor((days * (limit - words)) / dates);
  throw new ServerError('answer-too-large', {
    context: { bytes: words + dates, limit },
    faults: [fewer >= 1 ? daysThatFit(fewer) : TOO_MUCH_IS_SAID],
  });
}

function daysThatFit(days: number): Fault {
  return {
    path: 'days',
    code: 'too-many',
    en: `ask for ${days} days or fewer`,
    th: `โปรดขอไม่เกิน ${days} วัน`,
  };
}

const TOO_MUCH_IS_SAID: Fault = {
  path: 'area',
  code: 'too-many',
  en: 'what is said in this plan is longer than one answer: ask for its programme instead',
  th: 'เนื้อหาของผังนี้ยาวเกินคำตอบเดียว โปรดขอเป็นผังรายการ (programme) แทน',
};

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

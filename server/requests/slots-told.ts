import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
import { DAY_MS } from '../../firmware-protocol/content/civil-day.ts';
import { startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import { OCCURRENCE_LIMITS } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { daysAlike } from '../programme/days-alike.ts';
import type { DraftRecord, PublishedVersion } from '../programme/plan-records.ts';
import { type PlanSpan, spansOfPublished } from '../programme/plan-spans.ts';
import { usesOf } from '../programme/slot-use.ts';
import type { OwnedSlot } from '../programme/slots.ts';
import type { RequestNeeds } from './request-row.ts';

/** The days that are asked for: the first as in civil-day.ts, and their instants (epoch ms). */
export interface Days {
  firstDay: number;
  fromMs: number;
  untilMs: number;
}

interface Asked {
  area: AreaCode;
  days: Days;
  /** Of the area and from above it. */
  published: PublishedVersion[];
  draft: DraftRecord | undefined;
  /** What is planned by the area itself. */
  own: PlanSpan[];
  /** What of the area the asker may look into. */
  visible: AreaCode[];
}

/** Time that the area and those above it leave to others, and how much of it is used. What those below give to each other is theirs. */
export async function slotsTold(
  asked: Asked,
  needs: RequestNeeds,
): Promise<AnswerTo<'occurrences'>['slots']> {
  const { days } = asked;
  const slots = slotsOver(asked);
  const users = await usersOf(slots, asked, needs);
  return slots.map((slot) => {
    const startsMs = startsOfEntry({ ...slot, except: [] }, days.fromMs, days.untilMs);
    return {
      area: slot.owner,
      id: slot.id,
      level: slot.level,
      minutes: slot.minutes,
      on: daysAlike(startsMs, days.firstDay),
      ...(users !== undefined && { used: usesOf(slot, startsMs, users) }),
    };
  });
}

function slotsOver({ area, published, draft }: Asked): OwnedSlot[] {
  const above = published
    .filter(({ programme }) => contains(programme.area, area) && programme.area !== draft?.area)
    .map(({ programme, source }) => ({ owner: programme.area, slots: source?.slots ?? [] }));
  const all = draft === undefined ? above : [...above, { owner: draft.area, slots: draft.source.slots }];
  return all.flatMap(({ owner, slots }) => slots.map((slot) => ({ ...slot, owner })));
}

/** Plans of those for whom there are slots; undefined = of so many days, or of a whole nation, it is not looked at. */
async function usersOf(
  slots: OwnedSlot[],
  { area, days: { fromMs, untilMs }, own, visible }: Asked,
  { province: { db, plans } }: RequestNeeds,
): Promise<PlanSpan[] | undefined> {
  if (area === 'th' || untilMs - fromMs > OCCURRENCE_LIMITS.daysOfUse * DAY_MS) return undefined;
  const levels = new Set(slots.map(({ level }) => level));
  const isUser = (other: AreaCode) =>
    other !== area &&
    levels.has(levelOf(other) as OwnedSlot['level']) &&
    visible.some((part) => contains(part, other));
  const below = levels.size === 0 ? [] : await plans.shelf.current(isUser);
  const looked = { shelf: plans.shelf, calendars: db.calendars, fromMs, untilMs };
  const spans = await Promise.all(below.map((version) => spansOfPublished(version, looked)));
  return [...own, ...spans.flatMap((each) => each.spans)];
}

import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { plusDays } from '../days.ts';

export type Occurrences = AnswerTo<'occurrences'>;
export type PlannedRow = Occurrences['rows'][number];
type Slot = Occurrences['slots'][number];

/** One time of an entry, as it is drawn. */
export interface Block {
  /** `43/morning-news/2026-11-30T06:30:00`. */
  key: string;
  row: PlannedRow;
  day: string;
  /** Minutes since midnight. */
  from: number;
  /** Not before `from`; at most the end of the day. */
  until: number;
}

/** An entry that comes too often on a day to be drawn time by time. */
export interface Often {
  row: PlannedRow;
  count: number;
  first: string;
  last: string;
}

export interface DayPlan {
  day: string;
  blocks: Block[];
  often: Often[];
  slots: SlotBlock[];
  /** What the day is: holidays, wan phra, imported days. */
  is: { calendar: string; title: string }[];
}

/** Time that is left to others, on one day. */
export interface SlotBlock {
  key: string;
  slot: Slot;
  day: string;
  from: number;
  until: number;
  /** How much of it is used; undefined = nobody looked. */
  use?: { areas: number; minutes: number };
}

const DAY_MINUTES = 1_440;

/** What stands on each of `count` days from the first day of the answer, in order of its start. */
export function dayPlans({ from, rows, slots, calendar }: Occurrences, count: number): DayPlan[] {
  const plans = Array.from({ length: count }, (_, at): DayPlan => {
    const day = plusDays(from, at);
    const is = calendar.filter((each) => each.from <= day && day <= each.until);
    return { day, blocks: [], often: [], slots: [], is };
  });
  for (const row of rows)
    for (const { days, times, count: often, first, last } of row.on)
      for (const at of days) {
        const plan = plans[at];
        if (times === undefined) plan?.often.push({ row, count: often, first, last });
        else for (const time of times) plan?.blocks.push(blockOf(row, plan.day, time));
      }
  for (const slot of slots)
    for (const { days, times = [] } of slot.on)
      for (const at of days) for (const time of times) addSlot(plans[at], slot, time);
  for (const { blocks } of plans) blocks.sort((a, b) => a.from - b.from || b.row.band - a.row.band);
  return plans;
}

function blockOf(row: PlannedRow, day: string, time: string): Block {
  const from = minutesOf(time);
  const minutes = lengthMs(row) / 60_000;
  const key = `${row.area}/${row.entry}/${day}T${time}`;
  return { key, row, day, from, until: Math.min(DAY_MINUTES, from + minutes) };
}

function addSlot(plan: DayPlan | undefined, slot: Slot, time: string): void {
  if (plan === undefined) return;
  const from = minutesOf(time);
  const until = Math.min(DAY_MINUTES, from + slot.minutes);
  const use = usedIn(slot, `${plan.day}T${time}`);
  plan.slots.push({
    key: `${slot.area}/${slot.id}/${plan.day}T${time}`,
    ...{ slot, day: plan.day, from, until },
    ...(use !== undefined && { use }),
  });
}

function usedIn({ used }: Slot, starts: string): SlotBlock['use'] {
  if (used === undefined) return undefined;
  const own = used.find((each) => each.starts === starts);
  return { areas: own?.areas ?? 0, minutes: Math.ceil((own?.most_ms ?? 0) / 60_000) };
}

/** Of the output that lasts longer. */
export const lengthMs = ({ length_ms }: PlannedRow): number => Math.max(length_ms.tower, length_ms.panel);

/** `06:30:15` -> 390.25. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return hour * 60 + minute + second / 60;
}

/** 390 -> `06:30`; the end of the day is 24:00. */
export function timeOf(minutes: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(minutes / 60)}:${two(minutes % 60)}`;
}

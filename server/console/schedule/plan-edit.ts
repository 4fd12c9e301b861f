import { civilOf, DAY_MS, dayOf, daysInMonth } from '../../../firmware-protocol/content/civil-day.ts';
import { BANGKOK_OFFSET_MS, epochMsOfLocal } from '../../../firmware-protocol/content/instant.ts';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { dayNumber, dayText } from './days.ts';
import { formOf, type RuleForm, ruleOf } from './entry/rule-form.ts';

/** A rule that does not come within four years is not moved. */
const FAR_DAYS = 1_461;

/** What a draft holds. Edits give a new plan, so that the one before can be brought back. */
export type Plan = Pick<AnswerTo<'draft'>, 'entries' | 'slots'>;
export type Entry = Plan['entries'][number];
export type Slot = Plan['slots'][number];

export function withEntry(plan: Plan, entry: Entry): Plan {
  return { ...plan, entries: put(plan.entries, entry) };
}

export function withSlot(plan: Plan, slot: Slot): Plan {
  return { ...plan, slots: put(plan.slots, slot) };
}

export function without(plan: Plan, kind: 'entries' | 'slots', id: string): Plan {
  return { ...plan, [kind]: plan[kind].filter((each) => each.id !== id) };
}

function put<T extends { id: string }>(list: readonly T[], item: T): T[] {
  const known = list.some(({ id }) => id === item.id);
  return known ? list.map((each) => (each.id === item.id ? item : each)) : [...list, item];
}

/** One time of an entry is left out. */
export function skipped(entry: Entry, start: string): Entry {
  return { ...entry, except: [...new Set([...entry.except, start])].sort() };
}

/** One time of an entry at another moment: left out, and once as an entry of its own. */
export function movedOnce(plan: Plan, entry: Entry, from: string, to: string): Plan {
  if (entry.rule === undefined) return withEntry(plan, { ...entry, starts: to });
  const { rule: _, ...once } = entry;
  const alone: Entry = { ...once, id: freeId(plan, entry.id), starts: to, except: [] };
  return withEntry(withEntry(plan, skipped(entry, from)), alone);
}

/** An id that nobody has: ids name what was played, so none is used for something else. */
export function freeId(plan: Plan, wish: string): string {
  const taken = new Set([...plan.entries, ...plan.slots].map(({ id }) => id));
  const stem = wish.replace(/-\d+$/, '').slice(0, 34);
  let n = 2;
  while (taken.has(`${stem}-${n}`)) n++;
  return taken.has(wish) ? `${stem}-${n}` : wish;
}

/**
 * A series, moved so that what began at `from` begins at `to`, with its exceptions; undefined where one rule cannot say that, as where a daily
 * one would change its day.
 */
export function movedSeries<E extends Pick<Entry, 'starts' | 'rule'> & { except?: string[] }>(
  entry: E,
  from: string,
  to: string,
): E | undefined {
  const form = formOf(entry.starts, entry.rule);
  if (form.repeat === 'once') return { ...entry, starts: to };
  const [fromDay, toDay] = [from.slice(0, 10), to.slice(0, 10)];
  const onDays = fromDay === toDay ? form : onOtherDay(form, fromDay, toDay);
  const times = onDays && timesMoved(form, from.slice(11, 16), to.slice(11, 16));
  if (onDays === undefined || times === undefined) return undefined;
  const { starts, rule } = ruleOf({ ...onDays, times });
  const except = entry.except?.map((each) => exceptionMoved(each, from, to, form)).sort();
  if (except?.some((each) => each === undefined)) return undefined;
  return { ...entry, starts, ...(rule !== undefined && { rule }), ...(except !== undefined && { except }) };
}

function timesMoved(form: RuleForm, from: string, to: string): string[] | undefined {
  if (form.repeat === 'custom' || !form.times.includes(from)) return undefined;
  const times = [...new Set(form.times.map((each) => (each === from ? to : each)))].sort();
  const [hours, minutes] = [0, 1].map((part) => new Set(times.map((each) => each.split(':')[part])));
  const isProduct = (hours?.size ?? 0) * (minutes?.size ?? 0) === times.length;
  return isProduct && times.length === form.times.length ? times : undefined;
}

/** Only what is one day of each week, or one date of each month, has another day instead. It begins where its first time comes to lie. */
function onOtherDay(form: RuleForm, from: string, to: string): RuleForm | undefined {
  const [old, next] = [formOf(`${from}T00:00:00`), formOf(`${to}T00:00:00`)];
  const first = firstDayOf(form);
  if (first === undefined) return undefined;
  if (form.repeat === 'weekly' && form.weekdays.length === 1) {
    const days = dayNumber(to) - dayNumber(from);
    // Where weeks are skipped, the other day has to be of the same week.
    if (form.interval > 1 && old.weekday + days !== next.weekday) return undefined;
    return { ...form, day: dayText(first + days), weekdays: [next.weekday] };
  }
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  if (form.repeat === 'by-date' && form.dates.length === 1 && sameMonth && form.dates[0] === old.dates[0]) {
    const { year, month } = civilOf(first);
    const date = Math.min(Number(to.slice(8)), daysInMonth(year, month));
    return { ...form, day: dayText(dayOf(year, month, date)), dates: next.dates };
  }
  return undefined;
}

/** The day on which a form comes first; it may begin before that. */
function firstDayOf(form: RuleForm): number | undefined {
  const entry = { ...ruleOf(form), except: [] };
  const fromMs = epochMsOfLocal(entry.starts);
  const [firstMs] = startsOfEntry(entry, fromMs, fromMs + FAR_DAYS * DAY_MS, 1);
  return firstMs === undefined ? undefined : Math.floor((firstMs + BANGKOK_OFFSET_MS) / DAY_MS);
}

/** What was left out stays left out at its new time. */
function exceptionMoved(except: string, from: string, to: string, form: RuleForm): string | undefined {
  if (except.slice(11, 16) !== from.slice(11, 16)) return except;
  if (form.repeat === 'by-date' && from.slice(0, 10) !== to.slice(0, 10))
    return `${except.slice(0, 8)}${to.slice(8)}`;
  const ms = Date.parse(`${except}Z`) + Date.parse(`${to}Z`) - Date.parse(`${from}Z`);
  return new Date(ms).toISOString().slice(0, 19);
}

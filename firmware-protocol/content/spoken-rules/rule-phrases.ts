import type { Rule } from '../recurrence-rule.ts';

/** What is left open is filled in from the first start, as recurrence.ts does. */
export type RuleDays = Pick<
  Rule,
  'frequency' | 'interval' | 'byMonth' | 'byMonthDay' | 'byDay' | 'bySetPos' | 'weekStart'
>;

/** The parts of a rule as phrases of a language. Numbers are those of recurrence-rule.ts, in order; a local time is ms of Thai wall clock. */
export interface RulePhrases {
  /** Each so-many-th period, with the days in it: `ทุก 2 สัปดาห์ วันจันทร์และพุธ`. */
  days(told: RuleDays): string;
  /** Of hours and minutes within the day: `ทุก 15 นาที`. */
  withinDay(told: RuleDays & Pick<Rule, 'byHour' | 'byMinute' | 'bySecond'>): string;
  times(times: string[]): string;
  /** More times than a person reads: which minutes of which hours. */
  manyTimes(told: { hours: number[]; minutes: number[]; seconds: number[] }): string;
  positions(positions: number[], rule: Pick<Rule, 'frequency'>): string;
  until(localMs: number, isEndOfDay: boolean): string;
  count(count: number): string;
  once(localMs: number): string;
  unreadable(rule: string): string;
}

/** Weekdays in order -> `[first, last]` of each run of three and more, `[day]` of each other. */
export function weekdayRuns(weekdays: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const weekday of weekdays) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === weekday - 1) run.push(weekday);
    else runs.push([weekday]);
  }
  return runs.flatMap((run) =>
    run.length < 3 ? run.map((each) => [each]) : [[run[0] ?? 0, run.at(-1) ?? 0]],
  );
}

/** `06:30`, and `06:30:15` where the second is not 0. */
export function clockText(localMs: number): string {
  const text = new Date(localMs).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/** Whether something is to be said of the seconds. */
export const namesSeconds = (seconds: readonly number[]): boolean => seconds.some((each) => each !== 0);

/** Which days make a week together matters where weeks are skipped, or chosen from. */
export const namesWeekStart = ({ frequency, interval, bySetPos, weekStart }: RuleDays): boolean =>
  frequency === 'WEEKLY' && weekStart !== 0 && (interval > 1 || bySetPos.length > 0);

import { BANGKOK_OFFSET_MS, type LocalTime } from '../../firmware-protocol/content/instant.ts';
import { PROGRAMME_LIMITS, type ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import { thaiDayOf } from '../../firmware-protocol/content/site-laws.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { PlannedEntry } from '../../firmware-protocol/mqtt/programme-requests.ts';

/** Days of calendars by their name, as numbers of civil-day.ts; a name that is not there is a fault. */
export type CalendarDays = ReadonlyMap<string, ReadonlySet<number>>;

export interface Expanded {
  entries: ProgrammeEntry[];
  faults: Fault[];
}

/**
 * Plans -> entries as every box knows them: calendars become exceptions (EXDATE) for the starts between two instants (epoch ms), which
 * are the whole life of the programme. Older exceptions of the plan stay, or COUNT would come out otherwise in nobody's eyes.
 */
export function expanded(
  planned: PlannedEntry[],
  days: CalendarDays,
  fromMs: number,
  untilMs: number,
): Expanded {
  const faults: Fault[] = [];
  const entries = planned.map(({ not_on, only_on, ...entry }, at) => {
    for (const [member, names] of [
      ['not_on', not_on],
      ['only_on', only_on],
    ] as const)
      for (const [index, name] of (names ?? []).entries())
        if (!days.has(name)) faults.push(unknownCalendar(`entries[${at}].${member}[${index}]`, name));
    if (not_on === undefined && only_on === undefined) return entry;
    const left = startsOfEntry(entry, fromMs, untilMs).filter((startMs) => {
      const day = thaiDayOf(startMs);
      const has = (name: string) => days.get(name)?.has(day) ?? false;
      return not_on?.some(has) || (only_on !== undefined && !only_on.some(has));
    });
    const except = [...new Set([...entry.except, ...left.map(localOf)])];
    if (except.length > PROGRAMME_LIMITS.exceptions)
      faults.push(tooMany(`entries[${at}].${only_on === undefined ? 'not_on' : 'only_on'}`, except.length));
    return { ...entry, except };
  });
  return { entries, faults };
}

function localOf(epochMs: number): LocalTime {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().slice(0, 19);
}

function unknownCalendar(path: string, name: string): Fault {
  return { path, code: 'unknown-calendar', en: `there is no calendar "${name}"`, th: `ไม่มีปฏิทินชื่อ "${name}"` };
}

function tooMany(path: string, count: number): Fault {
  const limit = PROGRAMME_LIMITS.exceptions;
  return {
    path,
    code: 'too-many-exceptions',
    en: `this makes ${count} exceptions in the life of the programme; at most ${limit}: let the rule come less often`,
    th: `ทำให้มีข้อยกเว้น ${count} ครั้งตลอดอายุผังรายการ มีได้ไม่เกิน ${limit} ครั้ง ให้ตั้งกฎให้เกิดน้อยลง`,
  };
}

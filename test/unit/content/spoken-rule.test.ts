import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { ruleWords } from '../../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import { arbitraryRule, arbitraryStart } from './arbitrary-rule.ts';

/** Monday, 2 November 2569. */
const STARTS = '2026-11-02T06:30:00';

describe('a rule in words', () => {
  it.each([
    [undefined, 'ครั้งเดียว วันจันทร์ที่ 2 พ.ย. 2569 เวลา 06.30 น.', 'once, on Monday, 2 Nov 2026 at 06:30'],
    ['FREQ=DAILY', 'ทุกวัน เวลา 06.30 น.', 'every day at 06:30'],
    [
      'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270430',
      'ทุกวันจันทร์และพุธ เวลา 06.30 น. จนถึง 30 เม.ย. 2570',
      'every Monday and Wednesday at 06:30 until 30 Apr 2027',
    ],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'ทุกวันจันทร์ถึงศุกร์ เวลา 06.30 น.', 'every Monday to Friday at 06:30'],
    ['FREQ=WEEKLY', 'ทุกวันจันทร์ เวลา 06.30 น.', 'every Monday at 06:30'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;WKST=SU',
      'ทุก 2 สัปดาห์ วันเสาร์และอาทิตย์ (สัปดาห์เริ่มวันอาทิตย์) เวลา 06.30 น.',
      'every 2 weeks on Saturday and Sunday (weeks begin on Sunday) at 06:30',
    ],
    [
      'FREQ=DAILY;BYHOUR=6,18;BYMINUTE=0;COUNT=10',
      'ทุกวัน เวลา 06.00 และ 18.00 น. รวม 10 ครั้ง',
      'every day at 06:00 and 18:00 10 times',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15,-1', 'ทุกเดือน วันที่ 1, 15 และวันสุดท้ายของเดือน เวลา 06.30 น.', undefined],
    [
      'FREQ=MONTHLY;BYDAY=2WE',
      'ทุกเดือน วันพุธที่ 2 ของเดือน เวลา 06.30 น.',
      'every month on the 2nd Wednesday of the month at 06:30',
    ],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'ทุกเดือน วันศุกร์สุดท้ายของเดือน เวลา 06.30 น.', undefined],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', 'ทุกเดือน วันที่ 13 ที่ตรงกับวันศุกร์ เวลา 06.30 น.', undefined],
    ['FREQ=YEARLY', 'ทุกปี วันที่ 2 ในเดือนพฤศจิกายน เวลา 06.30 น.', 'every year on day 2 in November at 06:30'],
    [
      'FREQ=MINUTELY;INTERVAL=15;BYHOUR=6,7',
      'ทุก 15 นาที ในชั่วโมงที่ 6 และ 7',
      'every 15 minutes in the hours 6 and 7',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'ทุกเดือน ทุกวันจันทร์ถึงศุกร์ เวลา 06.30 น. เฉพาะครั้งสุดท้ายของแต่ละเดือน',
      undefined,
    ],
  ])('%s', (rule, thai, english) => {
    expect(ruleWords(rule, STARTS, 'th')).toBe(thai);
    if (english !== undefined) expect(ruleWords(rule, STARTS, 'en')).toBe(english);
  });

  it('what cannot be read is told as it is', () => {
    expect(ruleWords('FREQ=SOMETIMES', STARTS, 'th')).toContain('FREQ=SOMETIMES');
  });
});

/** Another rule, one part taken away or made otherwise. */
const neighbours = arbitraryStart.chain((starts) =>
  fc.tuple(arbitraryRule(starts), arbitraryRule(starts), fc.nat()).map(([rule, other, at]) => {
    const parts = rule.split(';');
    const index = at % parts.length;
    const [name] = (parts[index] ?? '').split('=');
    const instead = other.split(';').filter((part) => part.startsWith(`${name}=`));
    return { starts, rule, near: parts.toSpliced(index, 1, ...instead).join(';') };
  }),
);

it.each(['th', 'en'] as const)('rules that are said alike come alike (%s)', (language) => {
  fc.assert(
    fc.property(neighbours, ({ starts, rule, near }) => {
      if (!parseRule(near).ok || ruleWords(rule, starts, language) !== ruleWords(near, starts, language))
        return;
      expect(startsOf(near, starts)).toEqual(startsOf(rule, starts));
    }),
    { numRuns: 500 },
  );
});

function startsOf(text: string, starts: string): number[] {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(text);
  const from = Date.parse(`${starts}Z`) - 86_400_000;
  return occurrencesBetween(parsed.rule, starts, [], from, from + 900 * 86_400_000, 400);
}

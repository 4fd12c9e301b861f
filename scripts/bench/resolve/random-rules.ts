import { SeededRandom } from '../../virtual-world/seeded-random.ts';

/** An entry's recurrence: first start in Thai time, and an RRULE of the subset. */
export interface RandomRule {
  starts: string;
  rule: string;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Rules as programmes have them: news each day, a market each week, a meeting on the first Friday, the clinic every hour. */
export function randomRules(seed: number, count: number): RandomRule[] {
  const random = new SeededRandom(seed);
  const whole = (from: number, to: number) => random.between(from, to);
  const some = (items: readonly string[], most: number) => [
    ...new Set(Array.from({ length: whole(1, most) }, () => items[whole(0, items.length - 1)] ?? '')),
  ];
  const hours = () => [...new Set(Array.from({ length: whole(1, 3) }, () => whole(6, 20)))].join(',');
  const shapes = [
    () => `FREQ=DAILY;BYHOUR=${hours()};BYMINUTE=${whole(0, 59)}`,
    () => `FREQ=DAILY;INTERVAL=${whole(1, 5)}`,
    () => `FREQ=WEEKLY;BYDAY=${some(WEEKDAYS, 3).join(',')}`,
    () => `FREQ=WEEKLY;INTERVAL=${whole(2, 4)};BYDAY=${some(WEEKDAYS, 2).join(',')};WKST=SU`,
    () => `FREQ=MONTHLY;BYDAY=${whole(1, 4)}${WEEKDAYS[whole(0, 6)]}`,
    () => `FREQ=MONTHLY;BYDAY=-1${WEEKDAYS[whole(0, 6)]}`,
    () => `FREQ=MONTHLY;BYMONTHDAY=${whole(1, 28)},-1`,
    () => `FREQ=YEARLY;BYMONTH=${whole(1, 12)};BYMONTHDAY=${whole(1, 28)}`,
    () => 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    () => `FREQ=HOURLY;INTERVAL=${whole(1, 4)};BYHOUR=8,9,10,11,12,13,14,15,16`,
  ];
  return Array.from({ length: count }, () => {
    const first = Date.UTC(2025, 0, 1) + whole(0, 600) * 86_400_000 + whole(6 * 60, 20 * 60) * 60_000;
    const shape = shapes[whole(0, shapes.length - 1)] ?? (() => 'FREQ=DAILY');
    const end = whole(0, 9) === 0 ? `;COUNT=${whole(10, 400)}` : '';
    return { starts: new Date(first).toISOString().slice(0, 19), rule: shape() + end };
  });
}

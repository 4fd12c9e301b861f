import { beforeAll, expect, it } from 'vitest';
import { PlannedEntry } from '../../../../firmware-protocol/mqtt/programme-requests.ts';
import { enrolNation, villageOf } from '../../../../scripts/bench/nation/villages.ts';
import { costOf } from '../../processor-time.ts';
import { entry, openProvince, type Province } from './province.ts';

const HALLS = 75_000;
/** Of villages. */
const PROGRAMMES = 3_000;
const EIGHT = '2026-11-14T08:00:00+07:00';
const two = (n: number) => String(n).padStart(2, '0');
const daily = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    PlannedEntry.parse(entry(`n${at}`, `12T${two(8 + (at % 12))}:${two(at % 60)}`, { rule: 'FREQ=DAILY' })),
  );
let province: Province;

beforeAll(async () => {
  province = await openProvince();
  await enrolNation(province.db, HALLS);
  await province.rollUp.load();
  const provinces = new Set(Array.from({ length: 77 }, (_, at) => villageOf(at).slice(0, 2)));
  for (const area of ['th', ...provinces]) await province.programmes.replace(area, daily(250), 'somchai');
  for (let at = 0; at < PROGRAMMES; at++)
    await province.programmes.replace(villageOf(at), daily(2), 'somchai');
}, 120_000);

it.each([
  ['the nation', 'th', HALLS],
  ['a province', '43', 974],
  ['a village', villageOf(0), 1],
])(
  'what an announcement to %s would meet costs the server little, and holds nobody up',
  async (_who, to, halls) => {
    const ask = () => province.ask('plan', { to: [to], text: 'ทดสอบ', start_at: EIGHT }, 'admin');
    await ask();
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const cost = await costOf(async () => {
      answer = await ask();
    });
    expect(answer).toMatchObject({ halls, without: { tower: expect.any(Number) } });
    expect(cost.busyMs).toBeLessThan(300);
    expect(cost.heldUpMs).toBeLessThan(100);
  },
);

it('of more programmes than it looks at, the widest are looked at, and how many are not is told', async () => {
  const { meets, programmes_left_out } = await province.ask(
    'plan',
    { to: ['th'], text: 'ทดสอบ', start_at: EIGHT },
    'admin',
  );
  expect(meets[0]?.area).toBe('th');
  // The nation and fifteen provinces of 250 entries each are 4,000.
  expect(programmes_left_out).toBe(1 + 77 + PROGRAMMES - 16);
});

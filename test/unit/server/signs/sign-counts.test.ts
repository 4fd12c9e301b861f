import { expect, test } from 'vitest';
import { SignCounts } from '../../../../server/signs/sign-counts.ts';
import { HandClock } from '../hand-clock.ts';

function countsOf() {
  const clock = new HandClock();
  const asked: string[] = [];
  let isDown = false;
  const standings = {
    signsOf: async (to: readonly string[]) => {
      asked.push(to.join(' '));
      if (isDown) throw new Error('the database is away');
      return [];
    },
    countByOutputs: async () => [],
  };
  const down = (is: boolean) => {
    isDown = is;
  };
  return { clock, asked, down, counts: new SignCounts({ standings, clock }) };
}

test('the same halls are counted once in half a minute, others apart', async () => {
  const { clock, asked, counts } = countsOf();
  await Promise.all([counts.of(['43']), counts.of(['43']), counts.of(['41', '43'])]);
  await clock.advance(29_999);
  await counts.of(['43']);
  expect(asked).toEqual(['43', '41 43']);
  await clock.advance(1);
  await counts.of(['43']);
  expect(asked).toHaveLength(3);
});

test('a count that failed is made again', async () => {
  const { asked, down, counts } = countsOf();
  down(true);
  await expect(counts.of(['43'])).rejects.toThrow('away');
  down(false);
  await counts.of(['43']);
  expect(asked).toHaveLength(2);
});

test('counts kept are bounded', async () => {
  const { asked, counts } = countsOf();
  for (let n = 0; n <= 100; n++) await counts.of([`device/hall-${n}`]);
  await counts.of(['device/hall-100']);
  await counts.of(['device/hall-0']);
  expect(asked).toHaveLength(102);
});

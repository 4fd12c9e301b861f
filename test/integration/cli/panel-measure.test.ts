import { expect, test } from 'vitest';
import { ptyAvailable } from '../../../scripts/virtual-board/pty.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { panel, panelJson, plugged } from './panel-verbs.ts';

test('a clean line is good, and carries about what its rate promises', async () => {
  const pace = { bytesPerSecond: 11_520 };
  const { spec } = await plugged(new VirtualBoard({ width: 64, height: 32 }), {
    toBoard: pace,
    toHost: pace,
  });
  const { code, document } = await panelJson('measure', '--line', spec, '--seconds', '2');
  expect(code).toBe(0);
  const [row] = document.rates;
  expect(row).toMatchObject({ verdict: 'good', there: { lost: 0 }, back: { lost: 0 } });
  expect(row.roundTripMs.p50).toBeGreaterThan(2);
  expect(row.there.goodputBytesPerSecond).toBeLessThan(11_520);
  expect(row.there.goodputBytesPerSecond).toBeGreaterThan(5_000);
});

test('noise in one direction is found in that direction', async () => {
  const { spec } = await plugged(new VirtualBoard({ width: 64, height: 32 }), {
    toBoard: { flipOneBitIn: 40_000 },
  });
  const { code, document, err } = await panelJson('measure', '--line', spec, '--seconds', '6');
  expect(code).toBe(0);
  const [row] = document.rates;
  expect(row.verdict).toBe('noisy');
  expect(row.back.lost / row.back.frames).toBeLessThan(row.there.lost / row.there.frames);
  expect(row.there.bitErrorRate).toBeGreaterThan(1 / 400_000);
  expect(row.there.bitErrorRate).toBeLessThan(1 / 10_000);
  expect(err).toContain('noisy: shorten the cable');
});

test.runIf(ptyAvailable())('each rate that the board offers', async () => {
  const board = new VirtualBoard({ width: 64, height: 32, rates: ['230400', '921600'] });
  const { spec } = await plugged(board, { rated: true });
  const { code, document } = await panelJson('measure', '--line', spec, '--seconds', '1', '--rates');
  expect(code).toBe(0);
  expect(
    document.rates.map(({ rate, verdict }: { rate: number; verdict: string }) => [rate, verdict]),
  ).toEqual([115_200, 230_400, 921_600].map((rate) => [rate, 'good']));
});

test('a board of 1.0 has no probe: its pings are measured', async () => {
  const { spec } = await plugged(new VirtualBoard({ width: 64, height: 32, minor: 0 }));
  const { code, out } = await panel('measure', '--line', spec, '--seconds', '1', '--lang', 'th');
  expect(code).toBe(0);
  expect(out).toContain('ไปกลับ');
});

test('a board that says nothing, and wrong usage', async () => {
  const mute = new VirtualBoard({ width: 32, height: 16 });
  mute.silent = true;
  const { spec } = await plugged(mute);
  const silent = await panelJson('measure', '--line', spec);
  expect(silent).toMatchObject({ code: 1, document: { error: { code: 'panel-silent' } } });
  expect(await panelJson('measure', '--line', spec, '--seconds', '0')).toMatchObject({ code: 2 });
  expect(await panelJson('measure', '--line', 'serial')).toMatchObject({ code: 2 });
});

import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { patternBitmap } from '../../../device/panel/pattern-bitmap.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { PATTERNS, type Pattern } from '../../../firmware-protocol/serial/lamps.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';
import { VirtualWled } from '../../../scripts/virtual-signs/virtual-wled.ts';
import { panel, panelJson, plugged } from './panel-verbs.ts';

const SIZE = { width: 64, height: 32 };
const WITHOUT: VirtualBoardOptions['fitted'] = ['display', 'amplifier'];

/** CRC of each picture that the lamps showed, as often as the board heard a frame. */
function watched(board: VirtualBoard): Set<number> {
  const seen = new Set<number>();
  board.onFrame = () => void seen.add(crc32(board.display.lit()));
  return seen;
}

async function written(name: string, document: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-panel-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), JSON.stringify(document));
  return join(folder, name);
}

test.each((Object.keys(PATTERNS) as Pattern[]).filter((name) => name !== 'none'))(
  'the host draws %s as the board does',
  (name) => {
    const board = new VirtualBoard(SIZE);
    board.display.lamps.showPattern(name, 5);
    const drawn = boardPage(patternBitmap(name, { ...SIZE, depth: 'rgb565' }, 5));
    expect(Buffer.compare(drawn.pixels, board.display.lit())).toBe(0);
  },
);

test.each([
  ['board', undefined],
  ['host', WITHOUT],
] as const)('a picture made by the %s is shown, and the page comes back', async (madeBy, fitted) => {
  const board = new VirtualBoard({ ...SIZE, ...(fitted && { fitted: [...fitted] }) });
  const before = crc32(board.display.lit());
  const seen = watched(board);
  const { spec } = await plugged(board);
  const { code, document } = await panelJson('pattern', 'checker', '--line', spec, '--seconds', '1');
  expect(code).toBe(0);
  expect(document).toMatchObject({ pattern: 'checker', ...SIZE, madeBy });
  expect(seen).toContain(crc32(boardPage(patternBitmap('checker', { ...SIZE, depth: 'rgb565' }, 0)).pixels));
  expect(board.status().showing).toBe('page');
  expect(crc32(board.display.lit())).toBe(before);
});

test('Ctrl-C ends it, and the sign is as it was', async () => {
  const board = new VirtualBoard(SIZE);
  const { spec } = await plugged(board);
  const shown = panelJson('pattern', 'red', '--line', spec, '--seconds', '600');
  await expect.poll(() => board.status().showing).toBe('pattern');
  process.emit('SIGINT');
  expect(await shown).toMatchObject({ code: 0, document: { pattern: 'red', interrupted: true } });
  expect(board.status().showing).toBe('page');
});

test('a sign of another maker, named by the configuration of its hall', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-png-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sign = { type: 'png', folder: join(folder, 'sign'), size: SIZE };
  const config = await written('hall.json', { data: 'data', sign });
  const { code, document } = await panelJson('pattern', 'blue', '--config', config, '--seconds', '1');
  expect(code).toBe(0);
  expect(document).toMatchObject({ pattern: 'blue', madeBy: 'host' });
  expect(await readdir(join(folder, 'sign'))).toEqual(['page-000001.png', 'page-000002.png']);
});

test('lamps behind an Adalight controller: lit while the picture stands, dark afterwards', async () => {
  const pixels = Array.from({ length: SIZE.width * SIZE.height }, (_unused, lamp) => lamp);
  const wled = new VirtualWled({ width: SIZE.width, pixels });
  const { spec } = await plugged(wled);
  const sign = { type: 'adalight', line: spec, geometry: { module: SIZE } };
  const config = await written('hall.json', { data: 'data', sign });
  const shown = panelJson('pattern', 'green', '--config', config, '--seconds', '2');
  const lit = (colour: number[]) => wled.lamps().rgb.every((value, at) => value === colour[at % 3]);
  await expect.poll(() => lit([0, 255, 0])).toBe(true);
  expect(await shown).toMatchObject({ code: 0, document: { madeBy: 'host', ...SIZE } });
  await expect.poll(() => lit([0, 0, 0])).toBe(true);
});

test('the lamp test: every picture once, answers gathered by place with what they mean', async () => {
  const board = new VirtualBoard(SIZE);
  board.sensors.faultyModules.add(2);
  const seen = watched(board);
  const { spec } = await plugged(board);
  const answers = await written('answers.json', {
    red: 'module 3; row 12',
    green: 'row 12',
    dark: 'ดวง 5,9',
    column: 'column 7',
  });
  const words = ['pixels', '--line', spec, '--answers', answers, '--line-ms', '1'];
  const { code, document } = await panelJson(...words);
  expect(code).toBe(0);
  expect(document).toMatchObject({ whole: true, shape: { ...SIZE, modules: 4 } });
  expect(document.sign.modules.broken).toEqual([3]);
  expect(
    document.faults.map(({ place, seen: where }: { place: object; seen: string[] }) => [place, where]),
  ).toEqual([
    [{ kind: 'module', number: 3 }, ['red']],
    [{ kind: 'row', number: 12 }, ['red', 'green']],
    [{ kind: 'lamp', column: 5, row: 9 }, ['dark']],
    [{ kind: 'column', number: 7 }, ['column']],
  ]);
  // Seven still pictures, 64 columns, 32 rows; the dark one is also what stood there before.
  expect(seen.size).toBeGreaterThanOrEqual(7 + SIZE.width + SIZE.height);
  expect(board.status().showing).toBe('page');
  const { out } = await panel(...words, '--lang', 'th');
  expect(out).toContain('เฉพาะสีแดง');
  expect(out).toContain('บอร์ดแจ้งว่าโมดูล 3 เสีย');
});

test.each([
  ['no such picture', ['pattern', 'purple', '--line', '/dev/ttyUSB0']],
  ['no sign', ['pattern', 'red']],
  ['two signs', ['pattern', 'red', '--line', '/dev/ttyUSB0', '--config', 'hall.json']],
  ['nobody to ask', ['pixels', '--line', '/dev/ttyUSB0']],
  ['a module of no size', ['pixels', '--yes', '--line', '/dev/ttyUSB0', '--module', '0x16']],
])('wrong usage: %s', async (_what, words) => {
  expect(await panelJson(...words)).toMatchObject({ code: 2, document: { error: { code: 'wrong-usage' } } });
});

test('places that are not on this sign, and a column that is not', async () => {
  const { spec } = await plugged(new VirtualBoard(SIZE));
  const answers = await written('answers.json', { red: 'row 33' });
  const refused = await panelJson('pixels', '--line', spec, '--answers', answers, '--line-ms', '1');
  expect(refused).toMatchObject({ code: 1, document: { error: { code: 'answers-invalid' } } });
  const beyond = await panelJson('pattern', 'column', '--at', '64', '--line', spec);
  expect(beyond).toMatchObject({ code: 2, document: { error: { code: 'wrong-usage' } } });
});

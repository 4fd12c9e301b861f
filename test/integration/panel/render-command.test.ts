import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { registerRender } from '../../../scripts/commands/panel-render.ts';
import { bundlePainterChild } from './child-bundle.ts';

let childPath: string;
let folder: string;
let printed: string[];
beforeAll(async () => {
  childPath = await bundlePainterChild('render-command');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-render-'));
  printed = [];
  const keep = (text: unknown) => printed.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const render = (...options: string[]) =>
  run(
    ['panel', 'render', '--png', join(folder, 'page.png'), ...options],
    [(program, cli) => registerRender(program.command('panel'), cli, () => childPath)],
  );

test('a page of several screens becomes as many PNG files of the size of the sign', async () => {
  const text = 'ไม่เชื่อ ไม่รีบ ไม่โอน หากสงสัยว่าถูกหลอกลวงทางออนไลน์';
  expect(
    await render('--text', text, '--title', 'เตือนภัย', '--size', '128x64', '--scale', '2', '--json'),
  ).toBe(0);
  const { screens, ...size } = JSON.parse(printed.join(''));
  expect(size).toEqual({ width: 128, height: 64 });
  expect(screens.length).toBeGreaterThan(1);
  expect(screens[1]).toEqual({
    png: join(folder, 'page-2.png'),
    ms: expect.any(Number),
    crc: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  expect(readdirSync(folder)).toHaveLength(screens.length);
  const header = readFileSync(join(folder, 'page-2.png')).subarray(16, 24);
  expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([256, 128]);
});

test.each([
  ['no text', ['--text', '']],
  ['a size that is none', ['--text', 'ก', '--size', '128']],
  ['a size beyond any sign', ['--text', 'ก', '--size', '9999x9999']],
  ['a band that is none', ['--text', 'ก', '--band', '41']],
  ['text of 100,000 characters', ['--text', 'ก'.repeat(100_000)]],
])('wrong usage: %s', async (_, options) => {
  expect(await render(...options)).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

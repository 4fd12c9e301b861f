import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { register } from '../../../scripts/commands/audit.ts';
import { terminal } from './terminal.ts';

let folder: string;
let empty: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-audit-'));
  empty = join(folder, 'audit.jsonl');
  await writeFile(empty, '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it.each([
  ['th', 'ยังไม่มีการบันทึกใด ๆ: ไม่มีสักบรรทัด\n'],
  ['en', 'nothing has been written yet: there is no line\n'],
])('an audit without a line is not called whole, in %s', async (lang, words) => {
  const said = terminal();
  expect(await run(['audit', 'verify', empty, '--lang', lang], [register])).toBe(0);
  expect(said.out).toBe(words);
});

it('behind a head of before it says after which', async () => {
  const said = terminal();
  const after = `7:${'a'.repeat(64)}`;
  expect(await run(['audit', 'verify', empty, '--after', after], [register])).toBe(0);
  expect(said.out).toBe(`nothing has been written after ${after} yet\n`);
});

it('a head that was noted is missed all the same', async () => {
  const said = terminal();
  expect(await run(['audit', 'verify', empty, '--head', `7:${'a'.repeat(64)}`], [register])).toBe(1);
  expect(said.err).toContain('does not hold 7:');
});

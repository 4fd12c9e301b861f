import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { register as audit } from '../../../scripts/commands/audit.ts';
import { register as keys } from '../../../scripts/commands/keys.ts';
import { register as release } from '../../../scripts/commands/release.ts';
import { terminal } from './terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-verbs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What a person who reads Thai is told. */
async function thai(argv: string[], register: typeof keys): Promise<string> {
  const said = terminal();
  vi.stubEnv('PRAKAT_PROFILE', join(folder, 'nobody.json'));
  expect(await run([...argv, '--lang', 'th'], [register])).toBe(1);
  return said.err;
}

it('who has not logged on is told so, and nothing of a file', async () => {
  expect(await thai(['keys'], keys)).toBe('prakat: ยังไม่ได้เข้าสู่ระบบ: ใช้คำสั่ง prakat login ก่อน\n');
});

it.each([
  ['an audit', ['audit', 'export', '--out', '/nowhere/a.jsonl'], audit, '/nowhere/a.jsonl'],
  ['a release key', ['release', 'key', '/nowhere/key', '--id', 'release-1'], release, '/nowhere/key'],
] as const)('where %s cannot be written is said', async (_what, argv, register, path) => {
  expect(await thai([...argv], register)).toBe(`prakat: เขียนไฟล์ ${path} ไม่ได้ (ไม่มีไฟล์หรือโฟลเดอร์นี้, ENOENT)\n`);
});

it('without a build it is said how one is made', async () => {
  const argv = ['release', 'sign', '--key', 'k', '--area', '43', '--by', 'ทีม', '--builds', folder];
  expect(await thai(argv, release)).toContain(`ไม่มีโปรแกรมที่สร้างไว้ใน ${folder} ให้สร้างด้วย`);
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { Prakat } from './prakat.ts';

beforeAll(async () => {
  await Prakat.built();
});

it.each([
  ['its words beside the result', 'alert 2>&1', '2'],
  ['its result', 'push --help', '0'],
])('who does not read %s changes nothing of how it ends', async (_what, words, code) => {
  const line = `"${process.execPath}" "${Prakat.program}" ${words} | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', line]);
  expect([stdout.trim(), stderr]).toEqual([code, '']);
});

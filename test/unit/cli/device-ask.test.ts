import { afterEach, expect, it, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { registerAsk } from '../../../scripts/commands/device/ask.ts';
import { terminal } from './terminal.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it.each([
  ['{"hours": "สอง"}', 'hours: ต้องเป็นตัวเลข แต่ได้รับข้อความ'],
  ['{"hour": 2}', 'hour: ไม่รู้จัก "hour" หมายถึง "hours" ใช่หรือไม่'],
  ['{"hours": 2', '.: บรรทัด 1 ตัวที่ 12: ควรเป็นเครื่องหมาย , หรือวงเล็บปิด แต่พบจุดสิ้นสุดของข้อมูล'],
])('what is wrong with the request %s is said in Thai, with its place', async (request, words) => {
  const said = terminal();
  const argv = ['ask', 'next', request, '--config', '/nowhere', '--lang', 'th'];
  expect(await run(argv, [registerAsk])).toBe(2);
  expect(said.err).toBe(`prakat: คำขอไม่ถูกต้อง: ${words}\n`);
});

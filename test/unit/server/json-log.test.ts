import { expect, it } from 'vitest';
import { jsonLog } from '../../../server/drivers/pino.ts';
import { ServerError } from '../../../server/errors.ts';

function written(write: (log: ReturnType<typeof jsonLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(jsonLog('info', { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

it.each(['error', 'why'])('says what went wrong, where an error is the fact "%s"', (name) => {
  const cause = new Error('no space left on device');
  const lines = written((log) => log.error({ [name]: new ServerError('disk-full', { cause }) }, 'x'));
  expect(lines).toMatchObject([
    { [name]: { message: expect.stringContaining('no space left on device'), code: 'disk-full' } },
  ]);
});

it('writes a reason in words as it is', () => {
  expect(written((log) => log.warn({ why: 'malformed' }, 'x'))).toMatchObject([{ why: 'malformed' }]);
});

import { expect, it } from 'vitest';
import { ExchangeLog } from '../../../server/console/wire/exchanges.ts';
import { Refused, Unreachable } from '../../../server/console/wire/failure.ts';

const failure = { code: 'outside-scope', en: 'outside', th: 'นอกเขต', faults: [] };

it('writes down what was answered, refused and left unanswered, and hands each on', async () => {
  const log = new ExchangeLog();
  let told = 0;
  log.onChange(() => told++);
  expect(await log.noted('overview', 'http', async () => 42)).toBe(42);
  await expect(log.noted('push', 'mqtt', () => Promise.reject(new Refused(failure)))).rejects.toThrow(
    Refused,
  );
  await expect(log.noted('halls', 'http', () => Promise.reject(new Unreachable()))).rejects.toThrow(
    Unreachable,
  );
  expect(log.list.map(({ what, way, outcome, failure }) => [what, way, outcome, failure?.code])).toEqual([
    ['halls', 'http', 'unanswered', undefined],
    ['push', 'mqtt', 'refused', 'outside-scope'],
    ['overview', 'http', 'answered', undefined],
  ]);
  expect(told).toBe(3);
});

it('says nothing of a question that the page gave up itself, and keeps no more than the last', async () => {
  const log = new ExchangeLog();
  await expect(
    log.noted('halls', 'http', () => Promise.reject(new DOMException('', 'AbortError'))),
  ).rejects.toThrow();
  expect(log.list).toEqual([]);
  for (let at = 0; at < 400; at++) await log.noted('overview', 'http', async () => at);
  expect(log.list).toHaveLength(300);
  expect(log.list[0]?.number).toBe(399);
});

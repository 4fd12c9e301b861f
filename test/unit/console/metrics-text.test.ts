import { expect, it } from 'vitest';
import { figuresOf, readMetrics } from '../../../server/console/diagnose/metrics-text.ts';
import { exposition } from '../../../server/metrics/exposition.ts';

const text = exposition([
  { name: 'prakat_halls', labels: { presence: 'online' }, value: 74_000 },
  { name: 'prakat_halls', labels: { presence: 'offline' }, value: 1_000 },
  { name: 'prakat_mail_held', labels: { inbox: 'halls' }, value: 3 },
  { name: 'prakat_mail_held', labels: { inbox: 'operators' }, value: 2 },
  { name: 'prakat_mail_held_bytes', labels: { inbox: 'halls' }, value: 9_000 },
  { name: 'prakat_mail_dropped_total', labels: { inbox: 'halls' }, value: 1 },
  { name: 'nodejs_eventloop_lag_p99_seconds', value: 0.312 },
  { name: 'process_resident_memory_bytes', value: 200 * 2 ** 20 },
]);

it('reads what the server writes', () => {
  const metrics = readMetrics(text);
  expect(metrics.get('prakat_halls{presence="online"}')).toBe(74_000);
  expect(metrics.size).toBe(8);
  expect(readMetrics('<html>no figures</html>\n\n# HELP x y\n').size).toBe(0);
});

it('names what should be looked at', () => {
  const figures = new Map(figuresOf(readMetrics(text)).map(({ word, value, bad }) => [word, [value, bad]]));
  expect(figures.get('hallsOnline')).toEqual(['74,000', false]);
  expect(figures.get('mailHeld')).toEqual(['5', false]);
  expect(figures.get('mailDropped')).toEqual(['1', true]);
  expect(figures.get('loopLag')).toEqual(['312 ms', true]);
  expect(figures.get('serverMemory')).toEqual(['200 MiB', false]);
});

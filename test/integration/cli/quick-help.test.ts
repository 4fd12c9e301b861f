import { beforeAll, expect, it } from 'vitest';
import { Prakat } from './prakat.ts';

/** A person types it to see what to type next. */
const HELP_MS = 300;

let prakat: Prakat;
beforeAll(async () => {
  prakat = await Prakat.built();
});

it('push --help comes at once', async () => {
  const once = async () => {
    const began = performance.now();
    expect(await prakat.run(['push', '--help'])).toMatchObject({ code: 0, err: '' });
    return performance.now() - began;
  };
  // Slow ones say how busy this machine is.
  await expect.poll(once, { timeout: 15_000, interval: 0 }).toBeLessThan(HELP_MS);
});

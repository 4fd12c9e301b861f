import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Town } from '../server/town.ts';
import { Prakat } from './prakat.ts';

let town: Town;
let prakat: Prakat;
beforeAll(async () => {
  [town, prakat] = await Promise.all([Town.found('external'), Prakat.built()]);
  await prakat.logOn(town);
  await town.hall('hall-mae', '43010101');
});
afterAll(() => town.close());

it('at Mosquitto, where a name has one session, one person may watch and push at once', async () => {
  const watching = prakat.start(['watch', '--json']);
  await vi.waitFor(() => expect(watching.said()).toContain('hall-mae'), { timeout: 10_000 });
  const pushed = await prakat.run(['push', '--to', '43', '--text', 'ประชุม', '--no-follow', '--json']);
  expect(pushed.code, pushed.err).toBe(0);
  await town.logOn();
  const hall = await town.hall('hall-two', '43010102');
  await vi.waitFor(() => expect(watching.said()).toMatch(/hall-two.*online/), { timeout: 10_000 });
  hall.guest?.cut();
  await vi.waitFor(() => expect(watching.said()).toMatch(/hall-two.*offline/), { timeout: 10_000 });
  watching.child.kill('SIGINT');
  expect(await watching.ended).toMatchObject({ code: 0 });
});

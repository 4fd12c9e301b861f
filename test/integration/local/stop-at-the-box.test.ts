import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Announcement } from '../../../firmware-protocol/content/announcement.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { PATIENCE, Stage, VILLAGE } from '../agent/stage.ts';

const said = (title: string) =>
  Announcement.parse({
    title,
    tower: { chime: 'ding', parts: [{ type: 'pause', ms: 20_000 }], times: 1, gap_ms: 0 },
  });

test('who stands at the box can end what plays; an alert he cannot', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  expect(await box.ask('stop', {})).toEqual({ stopped: [] });

  const push = (kind: 'announce' | 'alert', band: number, title: string) =>
    stage.server.push({ kind, band, announcement: said(title), outputs: ['tower'] }, VILLAGE).id;
  const onAir = () => agent.state()?.outputs.tower?.play;
  const [playing, waiting] = [push('announce', 60, 'ประชุม'), push('announce', 40, 'ข่าว')];
  await vi.waitFor(() => expect(onAir()).toBe(playing), PATIENCE);
  await vi.waitFor(
    () =>
      expect(
        agent
          .local()
          ?.recent.last(9)
          .filter(({ event }) => event.type === 'accepted'),
      ).toHaveLength(2),
    PATIENCE,
  );
  const asked = performance.now();
  expect(await box.ask('stop', {})).toEqual({ stopped: [playing] });
  expect(performance.now() - asked).toBeLessThan(2_000);
  expect(onAir()).toBeUndefined();
  for (const order of [playing, waiting])
    await vi.waitFor(() => expect(stage.ends(order)).toEqual(['tower cancelled stopped']), PATIENCE);

  const alert = push('alert', 90, 'น้ำท่วม');
  await vi.waitFor(() => expect(onAir()).toBe(alert), PATIENCE);
  expect(await box.ask('stop', {})).toEqual({ stopped: [] });
  expect(onAir()).toBe(alert);
}, 60_000);

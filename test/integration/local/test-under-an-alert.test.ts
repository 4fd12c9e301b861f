import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Announcement } from '../../../firmware-protocol/content/announcement.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { PATIENCE, Stage, VILLAGE } from '../agent/stage.ts';

test('a test never sounds over an alert: it waits, and is told too late', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const tower = {
    chime: 'alert' as const,
    parts: [{ type: 'pause' as const, ms: 12_000 }],
    times: 1,
    gap_ms: 0,
  };
  const announcement = Announcement.parse({ title: 'น้ำท่วม', tower });
  const alert = stage.server.push({ kind: 'alert', band: 90, announcement, outputs: ['tower'] }, VILLAGE);
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.play).toBe(alert.id), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  const tested = await box.ask('test-tone', { level: 1, wait_s: 2 });
  expect(tested).toMatchObject({ outcome: 'expired' });
  expect(tested.tower).toBeUndefined();
  expect(agent.state()?.outputs.tower?.play).toBe(alert.id);
}, 60_000);

import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { DEVICE, PATIENCE, Stage } from '../agent/stage.ts';

const ALWAYS_QUIET = [
  { from: '00:00', until: '12:00' },
  { from: '12:00', until: '00:00' },
];

test('in the quiet hours a full tone sounds only where the person at the tower confirmed it, and the report says so', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall({ laws: { quiet: ALWAYS_QUIET } });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  expect(await box.ask('test-tone', { level: 100 })).toMatchObject({
    ...{ outcome: 'rejected', reason: 'quiet-hours' },
  });
  const { play, outcome } = await box.ask('test-tone', { level: 100, at_night: true });
  expect(outcome).toBe('finished');
  await vi.waitFor(() => expect(stage.ends(play)).toEqual(['tower finished']), PATIENCE);
  const told = stage.server.events(DEVICE).filter((event) => 'play' in event && event.play === play);
  expect(told).toMatchObject([
    { type: 'accepted', kind: 'test-at-night' },
    { type: 'started', title: expect.stringContaining('ยืนยันให้ดังในเวลางดใช้เสียง') },
    { type: 'ended', outcome: 'finished' },
  ]);
}, 60_000);

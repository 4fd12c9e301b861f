import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { find } from '../sound/correlation.ts';
import { SPEECH_WAV } from '../sound/speech.ts';
import { DEVICE, PATIENCE, Stage, said, VILLAGE } from './stage.ts';

test('enrols, fetches, speaks, shows, and proves it', async () => {
  const stage = await Stage.open();
  const board = new VirtualBoard({ width: 128, height: 32 });
  const plug = await plugIn(board, stage.folder);
  onTestFinished(() => plug.unplug());
  await stage.hall({
    board: { line: plug.spec, panel: { width: 128, height: 32 }, amplifier: true },
  });
  const media = await stage.media(SPEECH_WAV);
  await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
  const order = stage.server.push({ kind: 'announce', band: 60, announcement: said(media) }, '4301');
  await vi.waitFor(
    () => expect(stage.ends(order.id)).toEqual(['panel finished', 'tower finished']),
    PATIENCE,
  );

  const heard = samplesOf(await readFile(join(stage.soundFolder, '0001.wav')));
  const { likeness } = find(samplesOf(await readFile(SPEECH_WAV)), heard);
  expect(likeness).toBeGreaterThan(0.9);
  const events = stage.server.events(DEVICE);
  const [tower, panel] = (['tower', 'panel'] as const).map((output) =>
    events.find((event) => event.type === 'ended' && event.play === order.id && event.output === output),
  );
  expect(tower).toMatchObject({ tower: { sink: 'wav', amplifier: 'on', rate_hz: 48_000 } });
  expect(panel).toMatchObject({ panel: { pages: 1 } });
  if (panel?.type === 'ended') expect(panel.panel?.board_crc).toBe(panel.panel?.crc);
  expect(stage.server.complaints).toEqual([]);
});

test('a stop is silence within a second', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
  const media = await stage.media(SPEECH_WAV);
  const long = said({ ...media, ms: 1_429 });
  const order = stage.server.push(
    { kind: 'announce', band: 60, announcement: { ...long, tower: { ...long.tower, times: 10 } } },
    VILLAGE,
  );
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.play).toBe(order.id), PATIENCE);
  const stoppedAt = performance.now();
  stage.server.push({ kind: 'stop', stops: order.id }, VILLAGE);
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.play).toBeUndefined(), { timeout: 1_000 });
  expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  await vi.waitFor(() => expect(stage.ends(order.id)).toContain('tower cancelled stopped'), PATIENCE);
});

test('a hall without its board and one without its sound card do the other half and say so', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall({
    board: { line: 'tcp:127.0.0.1:1', panel: { width: 128, height: 32 } },
    tower: { player: { type: 'alsa', device: 'prakat-no-such-card' } },
  });
  await vi.waitFor(() => {
    expect(agent.state()?.outputs).toMatchObject({ tower: { works: false }, panel: { works: false } });
    expect(agent.state()?.warnings).toEqual(['no-sound-device', 'panel-gone']);
  }, PATIENCE);
  await vi.waitFor(() => {
    const raised = stage.server
      .events(DEVICE)
      .flatMap((event) => (event.type === 'warning' && event.raised ? [event.code] : []));
    expect(raised.sort()).toEqual(['no-sound-device', 'panel-gone']);
  }, PATIENCE);
});

test('the programme plays with the broker gone, and is proven to the disk', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const media = await stage.media(SPEECH_WAV);
  const starts = new Date(Date.now() + 6_000 + 7 * 3_600_000).toISOString().slice(0, 19);
  const entry = { id: 'news', starts, band: 40 as const, announcement: said(media) };
  stage.server.programme(VILLAGE, [
    { ...entry, except: [], outputs: ['tower'], grace_s: 60, when_cut: 'resume' },
  ]);
  await vi.waitFor(() => expect(agent.state()?.programmes).toHaveLength(1), PATIENCE);
  await vi.waitFor(async () => readFile(join(stage.folder, 'data', 'media', media.sha256)), PATIENCE);
  await stage.brokerGone();
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.title).toBe('น้ำท่วม โปรดระวัง'), PATIENCE);
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.play).toBeUndefined(), PATIENCE);
  const heard = samplesOf(await readFile(join(stage.soundFolder, '0001.wav')));
  expect(find(samplesOf(await readFile(SPEECH_WAV)), heard).likeness).toBeGreaterThan(0.9);
});

/** The samples of a mono 16-bit WAV with the plain header of 44 bytes. */
function samplesOf(wav: Buffer): Int16Array {
  const frames = Math.floor((wav.length - 44) / 2);
  return Int16Array.from({ length: frames }, (_, frame) => wav.readInt16LE(44 + frame * 2));
}

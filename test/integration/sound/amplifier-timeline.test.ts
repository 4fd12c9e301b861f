import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import type { EndedEvent } from '../../../firmware-protocol/content/report.ts';
import { plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { openPty } from '../../../scripts/virtual-board/pty.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { DEVICE, PATIENCE, Stage, said } from '../agent/stage.ts';
import { fakeGpiod } from '../amplifier/fake-gpiod.ts';
import { find } from './correlation.ts';
import { SPEECH_WAV, samplesOfWav } from './speech.ts';
import { type TimedEar, timedEar } from './timed-ear.ts';

/**
 * What is captured behind ALSA, held against what the relay did: the first syllable sounds when the amplifier has settled, the
 * last word is over before it goes off. Each way of switching that can run without its hardware.
 */
const SETTLE_MS = 400;
/** A louder sample is a word, not the edge of a fade. */
const WORD = 300;

/** When a relay was switched, epoch ms. */
type Relay = () => Promise<{ at: number; power: 'on' | 'off' }[]>;

const WAYS: Record<string, (folder: string) => Promise<{ config: object; relay: Relay }>> = {
  'the board of our serial protocol': async (folder) => {
    const board = new VirtualBoard({ width: 128, height: 32 });
    const plug = await plugIntoPty(board, join(folder, 'board'));
    onTestFinished(() => plug.unplug());
    const config = {
      board: { line: plug.spec },
      amplifier: { type: 'board', settle_ms: SETTLE_MS },
    };
    return { config, relay: async () => [...board.relay.timeline()] };
  },
  'a pin through gpiod': async (folder) => {
    const pin = await fakeGpiod(folder, '2.2.1');
    const relay: Relay = async () =>
      (await pin.changes()).map(({ at, level }) => ({ at, power: level === 1 ? 'on' : 'off' }));
    return { config: { amplifier: { type: 'gpio', line: 'GPIO17', settle_ms: SETTLE_MS } }, relay };
  },
  'a USB relay': async (folder) => {
    const told: { at: number; power: 'on' | 'off' }[] = [];
    const pty = await openPty(join(folder, 'ttyUSB0'), (bytes) => {
      for (const byte of bytes) {
        if (byte === 0xa2) told.push({ at: Date.now(), power: 'on' });
        if (byte === 0xa1) told.push({ at: Date.now(), power: 'off' });
      }
    });
    onTestFinished(() => pty.close());
    const line = `/dev/..${pty.path}`;
    return {
      config: { amplifier: { type: 'usb-relay', line, settle_ms: SETTLE_MS } },
      relay: async () => told,
    };
  },
};

describe.each(Object.keys(WAYS))('with %s', (way) => {
  test.each([
    ['words alone', { chime: 'none' }],
    ['an attention tone and words', { chime: 'ding' }],
  ] as const)('%s are whole', async (_name, tower) => {
    const { ear, relay, evidence } = await hallThatSays(way, tower);
    const heard = ear.samples();
    const speech = await samplesOfWav(SPEECH_WAV);
    expect(find(speech, heard).likeness).toBeGreaterThan(0.95);

    const first = heard.findIndex((sample) => Math.abs(sample) > WORD);
    const last = heard.findLastIndex((sample) => Math.abs(sample) > WORD);
    const [on, off] = (await relay()).slice(-2);
    expect([on?.power, off?.power]).toEqual(['on', 'off']);
    expect(ear.soundsAt(first) - (on?.at ?? 0)).toBeGreaterThanOrEqual(SETTLE_MS);
    expect((off?.at ?? 0) - ear.soundsAt(last)).toBeGreaterThan(0);

    // The report says the same of itself: settled before the first frame, off after the last.
    expect(evidence?.relay?.settled_ms).toBeLessThanOrEqual(0);
    expect((evidence?.relay?.settled_ms ?? 0) - (evidence?.relay?.on_ms ?? 0)).toBeGreaterThanOrEqual(
      SETTLE_MS - 1,
    );
    expect(evidence?.relay?.off_ms).toBeGreaterThanOrEqual((heard.length / 48) * 0.98);
  });
});

/** A whole hall with this amplifier says it once; resolves when the server has its report and the relay is off. */
async function hallThatSays(
  way: string,
  tower: Partial<TowerContent>,
): Promise<{ ear: TimedEar; relay: Relay; evidence: EndedEvent['tower'] }> {
  const stage = await Stage.open();
  const ear = await timedEar(stage.folder);
  const made = await WAYS[way]?.(stage.folder);
  if (made === undefined) throw new RangeError(way);
  await stage.hall({ ...made.config, tower: { player: { type: 'alsa', device: ear.device } } });
  await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
  const { tower: content, title } = said(await stage.media(SPEECH_WAV));
  const announcement = { title, language: 'th' as const, tower: { ...(content as TowerContent), ...tower } };
  const order = stage.server.push({ kind: 'announce', band: 60, announcement }, '4301');
  await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['tower finished']), PATIENCE);
  const ended = stage.server.events(DEVICE).find((event) => event.type === 'ended');
  return { ear, relay: made.relay, evidence: ended?.type === 'ended' ? ended.tower : undefined };
}

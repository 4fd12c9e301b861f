import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { joined, noise } from '../../unit/inputs/signals.ts';
import { DEVICE, PATIENCE, Stage, VILLAGE } from '../agent/stage.ts';
import { find } from '../sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../sound/speech.ts';

/** Where "front" and "centre" lie in the recording. */
const WORDS_MS = [
  [20, 520],
  [760, 1_400],
] as const;

const before = process.env.ALSA_CONFIG_PATH;
afterAll(() => {
  if (before === undefined) delete process.env.ALSA_CONFIG_PATH;
  else process.env.ALSA_CONFIG_PATH = before;
});

/** What the real arecord hears: the hiss of a receiver, then what is said, then hiss. */
async function receiverThatHears(folder: string, said: Int16Array): Promise<void> {
  const heard = join(folder, 'receiver.raw');
  const all = joined(noise(3_000, -65), said, noise(60_000, -65));
  await writeFile(heard, Buffer.from(all.buffer));
  const config = join(folder, 'asoundrc');
  await writeFile(
    config,
    `pcm.quiet { type null }\npcm.receiver { type file slave.pcm quiet file /dev/null infile "${heard}" format raw }\n`,
  );
  process.env.ALSA_CONFIG_PATH = config;
}

test('what a receiver hears is said on the tower from the first syllable, and proved', async () => {
  const stage = await Stage.open();
  const speech = await samplesOfWav(SPEECH_WAV);
  await receiverThatHears(stage.folder, joined(speech, noise(700, -65), speech));
  const { agent } = await stage.hall({ inputs: { relay: { device: 'receiver', gain_db: -3 } } });
  const ends = () => stage.server.events(DEVICE).filter((event) => event.type === 'ended');
  await vi.waitFor(() => expect(agent.state()?.outputs.tower?.title).toBe('วิทยุข่าย'), PATIENCE);
  const [input] = (await agent.local()?.inputLevels?.()) ?? [];
  expect(input).toMatchObject({ name: 'relay', there: true, open: true, rms_cdbfs: expect.any(Number) });
  expect((await agent.local()?.health())?.inputs).toMatchObject([{ name: 'relay', there: true, open: true }]);
  await vi.waitFor(() => expect(ends()).toHaveLength(1), PATIENCE);
  const told = stage.server.events(DEVICE).filter((event) => 'play' in event);
  const play = expect.stringMatching(/^input\/relay\/\d{8}T\d{9}$/);
  expect(told).toMatchObject([
    { type: 'accepted', kind: 'live', outputs: ['tower'], play },
    { type: 'started', band: 50, title: 'วิทยุข่าย', play },
    {
      ...{ type: 'ended', outcome: 'finished', play, started_at: expect.any(String) },
      tower: { frames: expect.any(Number), peak_cdbfs: expect.any(Number), rms_cdbfs: expect.any(Number) },
    },
  ]);
  const [path = ''] = await wavFilesIn(stage.soundFolder);
  const heard = await samplesOfWav(path);
  // Each word is whole from its first sound to its last; only the pauses between them may be shorter than they were.
  const [front, center] = WORDS_MS.map(([from, to]) => find(speech.subarray(from * 48, to * 48), heard));
  expect(front?.likeness).toBeGreaterThan(0.98);
  expect(center?.likeness).toBeGreaterThan(0.98);
  // Of the three seconds of hiss before it nothing is said but the moment before the level rose.
  expect(front?.at).toBeLessThan(SAMPLE_RATE_HZ);
});

test('a receiver that is not there is a warning, and the hall speaks without it', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall({ inputs: { relay: { device: 'hw:17,4' } } });
  await vi.waitFor(() => expect(agent.state()?.warnings).toContain('relay-gone'), PATIENCE);
  const media = await stage.media(SPEECH_WAV);
  const tower = { chime: 'ding', parts: [media], times: 1, gap_ms: 0 } as const;
  const order = stage.server.push(
    {
      kind: 'announce',
      band: 60,
      announcement: { title: 'น้ำท่วม', language: 'th', tower: { ...tower, parts: [media] } },
    },
    VILLAGE,
  );
  await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['tower finished']), PATIENCE);
  expect(await readFile(join(stage.soundFolder, '0001.wav'))).toBeDefined();
});

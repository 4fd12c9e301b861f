import { createInterface } from 'node:readline';
import { systemClock } from '../../device/drivers/machine/system-clock.ts';
import { NoAmplifier } from '../../device/drivers/relay/no-amplifier.ts';
import { AlsaPlayer } from '../../device/drivers/sound/alsa-player.ts';
import { FfmpegDecoder } from '../../device/drivers/sound/ffmpeg-decoder.ts';
import type { Play } from '../../device/playout/play.ts';
import { createPlayout } from '../../device/playout/playout.ts';
import { TowerPerformer } from '../../device/tower/tower-performer.ts';
import { startSound } from './start-sound.ts';

/**
 * The sound of one hall without its network: playout, tower, player. `start-hall ALSA-DEVICE` prints `ready`; for each line on
 * stdin, an instant in epoch ms, the chime is to begin then; prints `ended` with what came of it.
 */
const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };
const tower = new TowerPerformer({
  player: new AlsaPlayer({ device: process.argv[2] ?? 'default' }),
  amplifier: new NoAmplifier(),
  decoder: new FfmpegDecoder(process.env),
  chime: startSound,
  ensureMedia: () => Promise.reject(new Error('there is no media')),
  clock: systemClock,
  log,
  sound: { gainDb: 0 },
});
const playout = createPlayout({
  journal: {
    async record(events) {
      for (const event of events)
        if (event.type === 'ended') process.stdout.write(`ended ${event.outcome} ${event.reason ?? ''}\n`);
    },
  },
  store: { claim: async () => undefined },
  boot: 1,
  clock: systemClock,
  log,
  performers: [tower],
});

process.stdout.write('ready\n');
let n = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const startAt = Number(line);
  n += 1;
  const said = { chime: 'ding', parts: [], times: 1, gap_ms: 0, staggered: false } as const;
  const play: Play = {
    id: String(n),
    band: 80,
    announcement: { title: 'เพลงชาติ', language: 'th', tower: { ...said, parts: [] } },
    outputs: ['tower'],
    startAt,
    latestStart: startAt + 2_000,
    whenCut: 'give-up',
  };
  playout.submit(play);
}

import { join } from 'node:path';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { NoAmplifier } from '../../../device/drivers/relay/no-amplifier.ts';
import { FfmpegDecoder } from '../../../device/drivers/sound/ffmpeg-decoder.ts';
import type { Play, Playout } from '../../../device/playout/play.ts';
import { createPlayout } from '../../../device/playout/playout.ts';
import type { Player } from '../../../device/sound-ports.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { TowerPerformer } from '../../../device/tower/tower-performer.ts';
import type { TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { MemoryJournal } from '../../unit/playout/stage.ts';
import { opusOf, SPEECH_WAV } from './speech.ts';

/** Length of SPEECH_WAV. */
const SPEECH_MS = 1_429;

/** A tower with the real decoder and clock, whose every media file is the speech. */
export async function hallWith(
  player: Player,
  folder: string,
): Promise<{ journal: MemoryJournal; playout: Playout }> {
  const media = await opusOf(SPEECH_WAV, join(folder, `${player.sink}-speech.ogg`), '-b:a', '48k');
  const decoder = new FfmpegDecoder(process.env);
  await decoder.binary();
  const journal = new MemoryJournal();
  const tower = new TowerPerformer({
    player,
    amplifier: new NoAmplifier(),
    decoder,
    chime: makeChime,
    ensureMedia: async () => media,
    clock: systemClock,
    log: silentLog,
    sound: { gainDb: 0 },
  });
  tower.makeReady(['alert']);
  const parts = { journal, store: journal.store, boot: 1, clock: systemClock, log: silentLog };
  return { journal, playout: createPlayout({ ...parts, performers: [tower] }) };
}

export const SPOKEN: TowerContent['parts'][number] = {
  type: 'media',
  sha256: 'a'.repeat(64),
  bytes: 1,
  ms: SPEECH_MS,
};

/** A chime and the speech, now. */
export function announcement(id: string, said: Partial<TowerContent> = {}, more: Partial<Play> = {}): Play {
  return {
    id,
    band: 40,
    announcement: {
      title: 'น้ำท่วม โปรดระวัง',
      language: 'th',
      tower: { chime: 'ding', parts: [SPOKEN], times: 1, gap_ms: 0, ...said },
    },
    outputs: ['tower'],
    latestStart: Date.now() + 60_000,
    whenCut: 'resume',
    ...more,
  };
}

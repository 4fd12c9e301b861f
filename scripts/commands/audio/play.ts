import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { NoAmplifier } from '../../../device/drivers/relay/no-amplifier.ts';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { FfmpegDecoder } from '../../../device/drivers/sound/ffmpeg-decoder.ts';
import { WavPlayer } from '../../../device/drivers/sound/wav-player.ts';
import type { Performed, Play } from '../../../device/playout/play.ts';
import type { Player } from '../../../device/sound-ports.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { TowerPerformer } from '../../../device/tower/tower-performer.ts';
import type { Chime, TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import { unreadable } from '../../cli/named-files.ts';
import { type Cli, Failed } from '../../cli.ts';
import { deviceFailure, reasonWords } from '../../operator/device-failure.ts';

export interface Where {
  device: string;
  wav?: string;
  gain: number;
}

interface Sound {
  said: TowerContent;
  /** The prepared file that its one part names. */
  file: string;
}

/** `audio play`: a prepared file, after a chime. */
export async function playFile(file: string, chime: Chime, where: Where, cli: Cli): Promise<void> {
  const { size: bytes } = await stat(file).catch(unreadable(file));
  const ms = await new FfmpegDecoder(process.env).inspect(file).catch((error: unknown) => {
    throw deviceFailure(error);
  });
  const part = { type: 'media', sha256: '0'.repeat(64), bytes, ms } as const;
  const said = { chime, parts: [part], times: 1, gap_ms: 0 };
  tellOf(await sound({ said, file }, where), where, cli);
}

/** `audio tone`: a chime by itself, again and again. */
export async function playTone(chime: Chime, times: number, where: Where, cli: Cli): Promise<void> {
  const tone = { said: { chime, parts: [], times: 1, gap_ms: 0 }, file: '' };
  let performed = await sound(tone, where);
  for (let time = 2; time <= times && performed.end === 'finished'; time++)
    performed = await sound(tone, where);
  tellOf(performed, where, cli);
}

async function sound(what: Sound, where: Where): Promise<Performed> {
  const folder = where.wav === undefined ? undefined : await mkdtemp(join(tmpdir(), 'prakat-audio-'));
  try {
    const wav = folder === undefined ? undefined : new WavPlayer(folder);
    const player = wav ?? new AlsaPlayer({ device: where.device });
    const performed = await perform(what, player, where.gain);
    const [written] = (await wav?.files()) ?? [];
    if (written !== undefined && where.wav !== undefined) await copyFile(written, where.wav);
    return performed;
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** The tower of the agent itself, with the same sequence. Ctrl-C ends it as a stop would. */
async function perform({ said, file }: Sound, player: Player, gainDb: number): Promise<Performed> {
  const quiet = () => {};
  const tower = new TowerPerformer({
    player,
    amplifier: new NoAmplifier(),
    decoder: new FfmpegDecoder(process.env),
    chime: makeChime,
    ensureMedia: async () => file,
    clock: systemClock,
    log: { info: quiet, warn: quiet, error: quiet },
    sound: { gainDb },
  });
  const stop = new AbortController();
  const onInterrupt = () => stop.abort('stopped');
  process.once('SIGINT', onInterrupt);
  try {
    const performance = await tower.prepare(playOf(said), undefined, stop.signal);
    return await performance.perform(stop.signal);
  } catch (error) {
    throw deviceFailure(error);
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}

function playOf(tower: TowerContent): Play {
  const announcement = { title: 'audio', language: 'th', tower };
  return {
    id: 'audio',
    band: 70,
    announcement,
    outputs: ['tower'],
    latestStart: Infinity,
    whenCut: 'give-up',
  };
}

function tellOf({ end, reason, detail, tower }: Performed, where: Where, cli: Cli): void {
  const document = { outcome: end, reason, wav: where.wav, ...tower };
  if (end === 'failed') {
    const { en, th } = reasonWords(reason ?? 'player-failed');
    const more = detail === undefined ? '' : ` (${detail})`;
    throw new Failed({ en: en + more, th: th + more }, { code: reason ?? 'failed', document });
  }
  const seconds = ((tower?.ms ?? 0) / 1_000).toFixed(1);
  const peak = tower?.peak_cdbfs === undefined ? '-' : (tower.peak_cdbfs / 100).toFixed(1);
  const sink = where.wav ?? where.device;
  cli.tell({
    en: `${end === 'finished' ? 'finished' : 'stopped'}: ${seconds} s, peak ${peak} dBFS, to ${sink}`,
    th: `${end === 'finished' ? 'จบครบ' : 'หยุดกลางคัน'}: ${seconds} วินาที ดังสุด ${peak} dBFS ไปที่ ${sink}`,
  });
  cli.print(document);
}

import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { AlsaPlayer } from '../../device/drivers/alsa-player.ts';
import { FfmpegDecoder } from '../../device/drivers/ffmpeg-decoder.ts';
import { NoAmplifier } from '../../device/drivers/no-amplifier.ts';
import { systemClock } from '../../device/drivers/system-clock.ts';
import { WavPlayer } from '../../device/drivers/wav-player.ts';
import { isDeviceError } from '../../device/errors.ts';
import type { Performed, Play } from '../../device/playout/play.ts';
import type { Player } from '../../device/ports.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { TowerPerformer } from '../../device/tower/tower-performer.ts';
import { Chime, type TowerContent } from '../../firmware-protocol/content/announcement.ts';
import { type Cli, Failed } from '../cli.ts';

interface Where {
  device: string;
  wav?: string;
  gain: number;
}

/** `prakat audio`: the sound of this hall by itself, without broker or server. */
export function register(program: Command, cli: Cli): void {
  const audio = program.command('audio').description('try the sound of this hall / ทดสอบเสียง');

  withWhere(audio.command('play <file>'))
    .description('play a prepared file (Ogg Opus) as an announcement / เปิดไฟล์เสียง')
    .addOption(chimeOption('ding'))
    .action(async (file: string, options: Where & { chime: Chime }) => {
      const decoder = new FfmpegDecoder(process.env);
      const ms = await decoder.inspect(file).catch(explain);
      const { size: bytes } = await stat(file);
      const part = { type: 'media', sha256: '0'.repeat(64), bytes, ms } as const;
      await sound({ chime: options.chime, parts: [part], times: 1, gap_ms: 0 }, options, cli, decoder, file);
    });

  withWhere(audio.command('tone'))
    .description('sound an attention tone, no file needed / เปิดเสียงสัญญาณ')
    .addOption(chimeOption('attention'))
    .option('--times <n>', 'how often', count, 1)
    .action(async (options: Where & { chime: Chime; times: number }) => {
      for (let time = 1; time <= options.times; time += 1) {
        await sound({ chime: options.chime, parts: [], times: 1, gap_ms: 0 }, options, cli);
      }
    });
}

function chimeOption(usual: Chime): Option {
  return new Option('--chime <name>', 'attention tone').choices(Chime.options).default(usual);
}

function withWhere(command: Command): Command {
  return command
    .option('--device <pcm>', 'ALSA device, as `aplay -L` lists them', 'default')
    .option('--wav <file>', 'write a WAV file instead, in real time')
    .option('--gain <dB>', 'louder or softer; never above -1 dBFS', decibels, 0);
}

async function sound(
  said: TowerContent,
  where: Where,
  cli: Cli,
  decoder = new FfmpegDecoder(process.env),
  file = '',
): Promise<void> {
  const folder = where.wav === undefined ? undefined : await mkdtemp(join(tmpdir(), 'prakat-audio-'));
  try {
    const wav = folder === undefined ? undefined : new WavPlayer(folder);
    const player = wav ?? new AlsaPlayer({ device: where.device });
    const performed = await perform(said, player, where.gain, decoder, file);
    const [written] = (await wav?.files()) ?? [];
    if (written !== undefined && where.wav !== undefined) await copyFile(written, where.wav);
    tellOf(performed, where, cli);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** The tower of the agent itself, with the same sequence. Ctrl-C ends it as a stop would. */
async function perform(
  said: TowerContent,
  player: Player,
  gainDb: number,
  decoder: FfmpegDecoder,
  file: string,
): Promise<Performed> {
  const quiet = () => {};
  const tower = new TowerPerformer({
    player,
    amplifier: new NoAmplifier(),
    decoder,
    chime: makeChime,
    ensureMedia: async () => file,
    clock: systemClock,
    log: { info: quiet, warn: quiet, error: quiet },
    gainDb,
  });
  const stop = new AbortController();
  const onInterrupt = () => stop.abort('stopped');
  process.once('SIGINT', onInterrupt);
  try {
    const performance = await tower.prepare(playOf(said), undefined, stop.signal).catch(explain);
    return await performance.perform(stop.signal);
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
  const seconds = ((tower?.ms ?? 0) / 1_000).toFixed(1);
  const peak = tower?.peak_cdbfs === undefined ? '-' : (tower.peak_cdbfs / 100).toFixed(1);
  const document = { outcome: end, reason, wav: where.wav, ...tower };
  if (end === 'failed') throw new Failed(`${reason}${detail === undefined ? '' : ` (${detail})`}`, document);
  cli.tell({
    en: `${end}: ${seconds} s, peak ${peak} dBFS, ${tower?.frames} frames to ${where.wav ?? where.device}`,
    th: `${end === 'finished' ? 'จบ' : 'หยุด'}: ${seconds} วินาที ดังสุด ${peak} dBFS ไปที่ ${where.wav ?? where.device}`,
  });
  cli.print(document);
}

function explain(error: unknown): never {
  if (!isDeviceError(error)) throw error;
  const why = error.context.why ?? lastLine(error.context.said);
  throw new Failed(why === undefined ? error.message : `${error.message}: ${why}`, {
    reason: error.code,
    ...error.context,
  });
}

/** Of what a program said, the line that tells the outcome. */
function lastLine(said: unknown): string | undefined {
  return typeof said === 'string' ? said.split('\n').at(-1) : undefined;
}

function count(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 100) throw new InvalidArgumentError('a number from 1 to 100');
  return n;
}

function decibels(text: string): number {
  const dB = Number(text);
  if (!Number.isFinite(dB) || Math.abs(dB) > 40) throw new InvalidArgumentError('decibels from -40 to 40');
  return dB;
}

import { UPLOAD_LIMITS } from '../../../firmware-protocol/http/media.ts';
import { betterPlan, LOUDNESS, type LoudnessPlan, type Measured, planFor } from '../../content/loudness.ts';
import { ServerError } from '../../errors.ts';
import type { Transcoder } from '../../ports.ts';
import { type Ran, type Run, runFfmpeg } from './transcoder-command.ts';
import { loudnessIn, streamsIn } from './transcoder-readings.ts';

/** Demuxers that an upload may need. No playlist, no script of ffmpeg's, nothing that names another file. */
const FORMATS = 'wav,w64,aiff,au,caf,mp3,aac,flac,ogg,mov,matroska,webm,amr,amrnb,amrwb,asf';

const DEADLINES = {
  /** Any pass, before it has done a second of sound: a laden Pi takes this long to start ffmpeg. */
  startMs: 30_000,
  /** Opus encodes at 60 x real time on a desktop, 8 x on a Pi 3: half of real time is hung. */
  perSoundMs: 0.5,
  probeMs: 20_000,
} as const;

/** 48 kbit/s mono Opus: speech and music without audible loss, 360 KB a minute to 75,000 villages. */
const OPUS = '-c:a libopus -b:a 48k -vbr on -application audio -ac 1 -ar 48000 -f ogg'.split(' ');
/** The same upload makes the same bytes, so it is stored and fetched once. */
const REPEATABLE = '-map_metadata -1 -fflags +bitexact -flags:a +bitexact -threads 1'.split(' ');
const FIRST_SOUND = '-map 0:a:0 -vn -sn -dn'.split(' ');
const MONO = 'aformat=channel_layouts=mono';

/** Shares of the progress bar: listening is fast, encoding is not. */
const SHARES = { listen: 0.2, encode: 0.65 } as const;

/** ffmpeg as the transcoder. One job at a time is the caller's affair. */
export class FfmpegTranscoder implements Transcoder {
  readonly #ffmpeg: string;
  readonly #closing = new AbortController();

  /** `ffmpeg`: as `findFfmpeg` found it. */
  constructor(ffmpeg: string) {
    this.#ffmpeg = ffmpeg;
  }

  async probe(path: string): Promise<{ ms: number | undefined }> {
    const ran = await this.#read(path, ['-t', '0.1'], [], DEADLINES.probeMs);
    const streams = streamsIn(ran.said);
    if (streams.video) throw new ServerError('upload-is-video');
    if (!ran.ok || !streams.sound) throw new ServerError('upload-not-sound');
    return { ms: streams.claimedMs };
  }

  async prepare(
    from: string,
    to: string,
    progress: (done: number) => void,
  ): ReturnType<Transcoder['prepare']> {
    const forward = onlyForward(progress);
    const probed = await this.probe(from);
    const source = await this.#listen(from, (done) =>
      forward((SHARES.listen * done) / (probed.ms ?? UPLOAD_LIMITS.ms)),
    );
    refuseUnfit(source);
    let plan: LoudnessPlan | undefined = planFor(source);
    for (let attempt = 1; ; attempt++) {
      await this.#encode(from, to, plan, source.ms, (done) => forward(SHARES.listen + SHARES.encode * done));
      const result = await this.#listen(to);
      plan = betterPlan(plan, result);
      if (plan !== undefined && attempt < LOUDNESS.attempts) continue;
      forward(1);
      return {
        ms: result.ms,
        loudnessClufs: Math.round(result.lufs * 100),
        source: { clufs: Math.round(source.lufs * 100), peakCdb: Math.round(source.truePeakDbtp * 100) },
      };
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  /** The loudness of a whole file, by the filter of ITU-R BS.1770. */
  async #listen(path: string, onProgress?: (doneMs: number) => void): Promise<Measured & { ms: number }> {
    const longest = ['-t', String(UPLOAD_LIMITS.ms / 1_000 + 1)];
    const filters = ['-af', `${MONO},ebur128=peak=true:framelog=verbose`];
    const ran = await this.#read(path, longest, filters, deadlineFor(UPLOAD_LIMITS.ms), onProgress);
    const measured = loudnessIn(ran.said);
    if (!ran.ok || measured === undefined) throw new ServerError('upload-not-sound');
    return { ...measured, ms: ran.ms };
  }

  #read(
    path: string,
    inputOptions: string[],
    filters: string[],
    deadlineMs: number,
    onProgress?: (doneMs: number) => void,
  ): Promise<Ran> {
    return this.#run({
      input: path,
      inputOptions: ['-format_whitelist', FORMATS, ...inputOptions],
      outputOptions: [...FIRST_SOUND, ...filters, '-f', 'null'],
      output: '-',
      deadlineMs,
      ...(onProgress && { onProgress }),
    });
  }

  async #encode(
    from: string,
    to: string,
    plan: LoudnessPlan,
    ms: number,
    onProgress: (share: number) => void,
  ): Promise<void> {
    const ran = await this.#run({
      input: from,
      inputOptions: ['-format_whitelist', FORMATS],
      outputOptions: [...FIRST_SOUND, '-af', filtersOf(plan), ...OPUS, ...REPEATABLE],
      output: to,
      deadlineMs: deadlineFor(ms),
      onProgress: (done) => onProgress(Math.min(1, done / ms)),
    });
    const why = ran.said.split('\n').at(-1) ?? '';
    if (!ran.ok) throw new ServerError('transcoder-failed', { context: { why: why.slice(0, 200) } });
  }

  #run(run: Omit<Run, 'signal'>): Promise<Ran> {
    return runFfmpeg(this.#ffmpeg, { ...run, signal: this.#closing.signal });
  }
}

/**
 * Gain in floating point, then a limiter at four times the rate, where peaks between samples are seen. The limiter
 * looks 5 ms ahead and would keep the last 5 ms to itself: 10 ms of silence push them out.
 */
function filtersOf({ gainDb, limitDb }: LoudnessPlan): string {
  const gain = `${MONO},volume=${gainDb.toFixed(2)}dB`;
  if (limitDb === undefined) return gain;
  const limit = (10 ** (limitDb / 20)).toFixed(4);
  return `${gain},aresample=192000,apad=pad_len=1920,alimiter=limit=${limit}:attack=5:release=50:level=disabled,aresample=48000`;
}

function refuseUnfit({ ms, lufs }: Measured & { ms: number }): void {
  const minutes = (inMs: number): number => Math.ceil(inMs / 60_000);
  if (ms > UPLOAD_LIMITS.ms)
    throw new ServerError('upload-too-long', {
      context: { minutes: minutes(ms), limit: minutes(UPLOAD_LIMITS.ms) },
    });
  if (ms < LOUDNESS.shortestMs)
    throw new ServerError('upload-too-short', { context: { ms, limit: LOUDNESS.shortestMs } });
  if (lufs < LOUDNESS.silentLufs)
    throw new ServerError('upload-silent', {
      context: { lufs: Number.isFinite(lufs) ? lufs : '-∞', limit: LOUDNESS.silentLufs },
    });
}

function deadlineFor(soundMs: number): number {
  return DEADLINES.startMs + soundMs * DEADLINES.perSoundMs;
}

/** A second attempt begins again; a bar that runs backwards alarms people. */
function onlyForward(progress: (done: number) => void): (done: number) => void {
  let furthest = 0;
  return (done) => {
    if (done <= furthest) return;
    furthest = Math.min(1, done);
    progress(furthest);
  };
}

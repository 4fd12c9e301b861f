import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOUDNESS } from '../../../server/content/loudness.ts';
import { findFfmpeg } from '../../../server/drivers/media/ffmpeg-binary.ts';
import { FfmpegTranscoder } from '../../../server/drivers/media/transcoder.ts';
import { describe as described, longSilence, loudnessOf, made, SPEECH } from './sounds.ts';

let folder: string;
let transcoder: FfmpegTranscoder;
const out = () => join(folder, 'out');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-transcoder-'));
  transcoder = new FfmpegTranscoder(await findFfmpeg(process.env));
});
afterEach(() => rm(out(), { force: true }));
afterAll(() => rm(folder, { recursive: true }));

describe('prepared sound', () => {
  it('is recorded speech at the target loudness, mono Opus, within the true peak', async () => {
    const steps: number[] = [];
    const { ms, loudnessClufs } = await transcoder.prepare(SPEECH, out(), (done) => steps.push(done));
    const { lufs, truePeakDbtp } = await loudnessOf(out());
    expect(Math.abs(lufs - LOUDNESS.targetLufs)).toBeLessThan(1);
    expect(Math.abs(loudnessClufs / 100 - lufs)).toBeLessThan(0.3);
    expect(truePeakDbtp).toBeLessThanOrEqual(LOUDNESS.truePeakDbtp + 0.2);
    expect(ms).toBeGreaterThan(1_400);
    expect(ms).toBeLessThan(1_500);
    expect(await described(out())).toMatch(/Audio: opus, 48000 Hz, mono/);
    expect(steps.at(-1)).toBe(1);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
  });

  it.each([
    ['quiet speech in stereo', ['-i', SPEECH, '-af', 'volume=-20dB', '-ac', '2']],
    ['speech with a loud click', ['-i', SPEECH, '-af', "aeval='if(between(n,20000,20004),1,val(0)*0.1)'"]],
    ['a full-scale tone', ['-f', 'lavfi', '-i', 'sine=440:duration=2', '-af', 'volume=18dB']],
    ['44.1 kHz MP3 with tags', ['-i', SPEECH, '-ar', '44100', '-metadata', 'title=ประกาศ', '-f', 'mp3']],
    ['a voice message in AAC', ['-i', SPEECH, '-c:a', 'aac', '-f', 'mp4']],
    ['half a second', ['-i', SPEECH, '-ss', '0.2', '-t', '0.6', '-f', 'wav']],
  ])('%s comes out as loud as the rest', async (name, args) => {
    const format = args.includes('-f') && !args.includes('lavfi') ? [] : ['-f', 'wav'];
    const source = await made(folder, name.replaceAll(' ', '-'), ...args, ...format);
    await transcoder.prepare(source, out(), () => {});
    const { lufs, truePeakDbtp } = await loudnessOf(out());
    expect(Math.abs(lufs - LOUDNESS.targetLufs)).toBeLessThan(1);
    expect(truePeakDbtp).toBeLessThanOrEqual(LOUDNESS.truePeakDbtp + 0.3);
  });

  it('is the same, byte for byte, each time', async () => {
    const digest = async () => {
      await transcoder.prepare(SPEECH, out(), () => {});
      return createHash('sha256')
        .update(await readFile(out()))
        .digest('hex');
    };
    expect(await digest()).toBe(await digest());
  });

  it('comes from the bundled ffmpeg of 2018 as well', async () => {
    const installer = await import('@ffmpeg-installer/ffmpeg');
    const bundled = new FfmpegTranscoder(installer.default.path);
    await bundled.prepare(SPEECH, out(), () => {});
    expect(Math.abs((await loudnessOf(out())).lufs - LOUDNESS.targetLufs)).toBeLessThan(1);
  });
});

describe('what is no sound', () => {
  const written = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it.each([
    ['a text named .mp3', 'text.mp3', 'สวัสดีครับ นี่ไม่ใช่เสียง\n'.repeat(1_000)],
    ['nothing', 'empty.wav', ''],
    ['noise bytes', 'noise.mp3', Uint8Array.from({ length: 9_000 }, (_, index) => (index * 7919) % 251)],
    [
      'a playlist',
      'list.m3u8',
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${SPEECH}\n#EXT-X-ENDLIST\n`,
    ],
    ['a script of ffmpeg', 'list.ffconcat', `ffconcat version 1.0\nfile ${SPEECH}\n`],
    ['a WAV without its data', 'cut.wav', Buffer.from('RIFF\x24\x00\x00\x00WAVE')],
  ])('%s is refused', async (_what, name, content) => {
    await expect(transcoder.probe(await written(name, content))).rejects.toMatchObject({
      code: 'upload-not-sound',
    });
  });

  it('a video is refused as one', async () => {
    const video = await made(
      folder,
      'v.mp4',
      '-f',
      'lavfi',
      '-i',
      'testsrc=d=1:s=64x64',
      '-i',
      SPEECH,
      '-t',
      '1',
    );
    await expect(transcoder.probe(video)).rejects.toMatchObject({ code: 'upload-is-video' });
  });

  it('a song with a cover picture is none', async () => {
    const cover = await made(folder, 'cover.png', '-f', 'lavfi', '-i', 'color=red:s=16x16', '-frames:v', '1');
    const song = await made(
      folder,
      'song.mp3',
      '-i',
      SPEECH,
      '-i',
      cover,
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-disposition:v',
      'attached_pic',
    );
    expect((await transcoder.probe(song)).ms).toBeGreaterThan(1_400);
  });

  it('three hours are known without listening to them', async () => {
    expect(await transcoder.probe(await longSilence(folder, 3))).toEqual({ ms: 3 * 3_600_000 });
  });

  it.each([
    ['silence', 'anullsrc=d=2', 'upload-silent'],
    ['a blip', 'sine=440:duration=0.1', 'upload-too-short'],
  ])('%s is refused', async (name, graph, code) => {
    const source = await made(folder, `${name}.wav`, '-f', 'lavfi', '-i', graph);
    await expect(transcoder.prepare(source, out(), () => {})).rejects.toMatchObject({ code });
  });
});

describe('an ffmpeg that misbehaves', () => {
  const fake = async (name: string, script: string) => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return new FfmpegTranscoder(path);
  };

  it('and hangs with a child is ended with all its group', async () => {
    const pids = join(folder, 'pids');
    const hanging = await fake('hang', `sleep 600 & echo $! $$ > ${pids}; wait`);
    const probing = hanging.probe(SPEECH);
    const alive = async () => {
      const running = await Promise.all((await readFile(pids, 'utf8')).trim().split(' ').map(isRunning));
      return running.filter(Boolean).length;
    };
    await vi.waitFor(async () => expect(await alive()).toBe(2));
    await hanging.close();
    await expect(probing).rejects.toMatchObject({ code: 'transcoder-hung' });
    await vi.waitFor(async () => expect(await alive()).toBe(0));
  });

  it('and floods its error stream is only refused', async () => {
    const flood = await fake('flood', 'yes "Header missing" | head -c 20000000 >&2; exit 1');
    await expect(flood.probe(SPEECH)).rejects.toMatchObject({ code: 'upload-not-sound' });
  });

  it('and is not there is named', async () => {
    const none = new FfmpegTranscoder(join(folder, 'nowhere'));
    await expect(none.probe(SPEECH)).rejects.toMatchObject({ code: 'transcoder-missing' });
    await expect(findFfmpeg({ PRAKAT_FFMPEG: join(folder, 'nowhere') })).rejects.toMatchObject({
      code: 'transcoder-missing',
    });
  });
});

/** What was killed may stay in the table as `Z` until somebody asks for its exit code. */
async function isRunning(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
}

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FfmpegDecoder } from '../../../device/drivers/sound/ffmpeg-decoder.ts';
import { find } from './correlation.ts';
import { temporaryFolder } from './folder.ts';
import { opusOf, SPEECH_WAV, samplesOfWav } from './speech.ts';

const run = promisify(execFile);
const folder = await temporaryFolder();
const speech = await opusOf(SPEECH_WAV, join(folder, 'speech.ogg'));
const whole = await readFile(speech);
const other = await readFile(await opusOf(SPEECH_WAV, join(folder, 'other.ogg')));
const decoder = new FfmpegDecoder(process.env);
const never = new AbortController().signal;

async function decoded(path: string, by = decoder, signal = never): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  for await (const chunk of by.decode(path, signal)) chunks.push(chunk);
  return Int16Array.from(chunks.flatMap((chunk) => [...chunk]));
}

/** Process ids of programs that have the path on their command line. */
async function programsWith(path: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, i) => lines[i]?.includes(path));
}

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('the decoder', () => {
  it('gives the speech that was encoded, whole', async () => {
    const original = await samplesOfWav(SPEECH_WAV);
    const samples = await decoded(speech);
    expect(Math.abs(samples.length - original.length)).toBeLessThan(48);
    const { at, likeness } = find(original.subarray(480, -480), samples);
    expect(Math.abs(at - 480)).toBeLessThan(48);
    expect(likeness).toBeGreaterThan(0.9);
  });

  it('knows the length without decoding', async () => {
    const samples = await decoded(speech);
    expect(Math.abs((await decoder.inspect(speech)) - samples.length / 48)).toBeLessThan(2);
  });

  it('lets go of its program when nobody listens any more', async () => {
    const long = await opusOf(SPEECH_WAV, join(folder, 'long.ogg'), '-af', 'aloop=-1:2e6', '-t', '60');
    const cut = new AbortController();
    const samples = decoder.decode(long, cut.signal)[Symbol.asyncIterator]();
    expect((await samples.next()).value?.length).toBeGreaterThan(0);
    expect(await programsWith(long)).toHaveLength(1);
    cut.abort();
    await samples.next().catch(() => {});
    await expect.poll(() => programsWith(long)).toEqual([]);
  });

  it.each([
    ['an empty file', ''],
    ['a playlist', '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n'],
    ['a list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['text', 'น้ำท่วม โปรดระวัง'],
    [
      'an Ogg page with text',
      Buffer.concat([whole.subarray(0, 28), Buffer.from('#EXTM3U'), whole.subarray(35)]),
    ],
    ['a file that was cut', whole.subarray(0, whole.length - 700)],
    ['a file with something behind it', Buffer.concat([whole, Buffer.from('#EXTM3U')])],
    ['two streams in one', Buffer.concat([whole, other])],
    ['only a head', whole.subarray(0, 47)],
  ])('refuses %s, without starting anything', async (name, content) => {
    const path = await fileOf(`${name.replaceAll(' ', '-')}.ogg`, content);
    await expect(decoder.inspect(path)).rejects.toMatchObject({ code: 'media-undecodable' });
    await expect(decoded(path)).rejects.toMatchObject({ code: 'media-undecodable' });
  });

  it('refuses 2 GB behind a good beginning, without reading them', async () => {
    const path = await fileOf('2-gb.ogg', whole);
    await truncate(path, 2 * 1024 ** 3);
    const began = process.memoryUsage().rss;
    await expect(decoder.inspect(path)).rejects.toMatchObject({ code: 'media-undecodable' });
    await expect(decoded(path)).rejects.toMatchObject({ code: 'media-undecodable' });
    expect(process.memoryUsage().rss - began).toBeLessThan(64 * 1024 ** 2);
  });

  it('looks at no address that stands in the tags of a file', async () => {
    let asked = 0;
    const server = createServer(() => {
      asked += 1;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.m3u8`;
    const tags = ['comment', 'TITLE', 'url', 'METADATA_BLOCK_PICTURE'].flatMap((tag) => [
      '-metadata',
      `${tag}=${address}`,
    ]);
    const path = await opusOf(SPEECH_WAV, join(folder, 'tagged.ogg'), ...tags);
    expect((await readFile(path)).includes(address)).toBe(true);
    expect((await decoded(path)).length).toBeGreaterThan(48_000);
    expect(asked).toBe(0);
    server.close();
  });

  it('refuses another codec', async () => {
    const flac = join(folder, 'flac.ogg');
    await run('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-y',
      '-i',
      SPEECH_WAV,
      '-c:a',
      'flac',
      '-f',
      'ogg',
      flac,
    ]);
    await expect(decoded(flac)).rejects.toMatchObject({ code: 'media-undecodable' });
  });

  it('refuses a whole file whose inside is noise', async () => {
    const noise = Buffer.from(whole);
    for (let at = 300; at < whole.length - 20; at += 1) noise[at] = (at * 7919) % 251;
    const path = await fileOf('noise.ogg', noise);
    await expect(decoded(path)).rejects.toMatchObject({ code: 'media-undecodable' });
  });

  it('gives up a program that says nothing', async () => {
    const program = await fileOf(
      'mute',
      '#!/bin/bash\n[[ $* == *-version* ]] && echo ffmpeg version 9 && exit\nsleep 1000',
    );
    await chmod(program, 0o755);
    const mute = new FfmpegDecoder({ ...process.env, PRAKAT_FFMPEG: program });
    await expect(decoded(speech, mute)).rejects.toMatchObject({ code: 'decoder-hung' });
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { monoWav } from '../../../server/drivers/media/wav-file.ts';
import { openSpeech } from '../../../server/drivers/speech/speech.ts';
import type { SpeechEngine } from '../../../server/ports.ts';
import { made } from '../content/sounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'prakat-voices-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RATE = 48_000;

async function engine(config: Parameters<typeof openSpeech>[0][number]): Promise<SpeechEngine> {
  const [first] = await openSpeech([config], 'ffmpeg');
  if (first === undefined) throw new Error('no engine');
  return first;
}

describe('joined clips', () => {
  test('a sentence is its clips, joined without gaps, with breaths between lines', async () => {
    const clips = await engine({
      engine: 'clips',
      folder: await voiceOf({ น้ำท่วม: 0.4, สูง: 0.3, ห้าสิบ: 0.25 }),
    });
    const { samples } = pcmIn(await clips.say('น้ำท่วม สูง ห้าสิบ\nสูง'));
    expect(samples.length / RATE).toBeCloseTo(0.4 + 0.3 + 0.25 + 0.2 + 0.3, 2);
    expect(longestSilence(samples) / RATE).toBeCloseTo(0.2, 2);
    // Louder than any click at a joint: no sample jumps.
    expect(largestStep(samples)).toBeLessThan(3_000);
  });

  test('what is missing is named, and nothing is said', async () => {
    const clips = await engine({ engine: 'clips', folder: await voiceOf({ สูง: 0.3 }) });
    await expect(clips.say('น้ำท่วม สูง')).rejects.toMatchObject({
      code: 'speech-cannot',
      context: { missing: expect.stringContaining('น้ำ') },
    });
  });

  test('another recording under the same name is another voice', async () => {
    const [a, b] = [await voiceOf({ สูง: 0.3 }), await voiceOf({ สูง: 0.31 })];
    expect((await engine({ engine: 'clips', folder: a })).voice()).not.toBe(
      (await engine({ engine: 'clips', folder: b })).voice(),
    );
  });

  test.each([
    ['no manifest', undefined],
    ['a path out of the folder', { format: 1, voice: 'x', clips: { สูง: '../passwd' } }],
    ['a file that is not there', { format: 1, voice: 'x', clips: { สูง: 'gone.wav' } }],
  ])('%s is told when the server starts', async (_what, manifest) => {
    const voice = mkdtempSync(join(folder, 'bad-'));
    if (manifest !== undefined) writeFileSync(join(voice, 'clips.json'), JSON.stringify(manifest));
    await expect(engine({ engine: 'clips', folder: voice })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});

describe('a program of this machine', () => {
  const say = (args: string[], seconds = 20) =>
    engine({ engine: 'command', program: 'sh', args, voice: '', seconds }).then((each) =>
      each.say('น้ำท่วม "$(touch /tmp/never)"; ที่นี่'),
    );

  test('gets the text as one argument, and its file is the speech', async () => {
    const spoken = await say(['-c', 'printf "%s" "$1" > "$2"', 'sh', '{text}', '{out}']);
    expect(Buffer.from(spoken).toString()).toBe('น้ำท่วม "$(touch /tmp/never)"; ที่นี่');
  });

  test.each([
    ['fails', ['-c', 'echo no voice >&2; exit 3', '{out}'], /ended with 3: no voice/],
    ['writes nothing', ['-c', 'true', '{out}'], /ENOENT/],
  ])('that %s is a fault with its reason', async (_what, args, why) => {
    await expect(say(args)).rejects.toMatchObject({
      code: 'speech-failed',
      context: { why: expect.stringMatching(why) },
    });
  });

  test('that hangs is ended with all that it started, and leaves no file', async () => {
    const before = scratchFolders();
    await expect(say(['-c', 'sleep 300 & sleep 300', '{out}'], 1)).rejects.toMatchObject({
      context: { why: expect.stringContaining('within 1 s') },
    });
    expect(scratchFolders()).toEqual(before);
  });
});

describe('a service', () => {
  test('is asked with text, voice and token, and its sound is the speech', async () => {
    writeFileSync(join(folder, 'token'), 'secret-token\n');
    const asked: unknown[] = [];
    await serving(
      (request, response) => {
        request.setEncoding('utf8').on('data', (body: string) => {
          asked.push({ auth: request.headers.authorization, body: JSON.parse(body) });
          response.writeHead(200, { 'content-type': 'audio/wav' }).end('RIFF…');
        });
      },
      async (url) => {
        const speech = await engine({
          engine: 'http',
          url,
          voice: 'premwadee',
          token_file: join(folder, 'token'),
          seconds: 5,
        });
        expect(Buffer.from(await speech.say('ทดสอบ')).toString()).toBe('RIFF…');
      },
    );
    expect(asked).toEqual([
      { auth: 'Bearer secret-token', body: { text: 'ทดสอบ', voice: 'premwadee', language: 'th' } },
    ]);
  });

  const answers: [what: string, answer: RequestListener, why: RegExp][] = [
    ['answers with an error', (_, response) => response.writeHead(503).end(), /503/],
    [
      'answers with a page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      /text\/html/,
    ],
    [
      'sends us elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      /fetch failed|redirect/,
    ],
    ['says nothing', () => {}, /timeout|aborted/i],
  ];
  test.each(answers)('that %s is a fault with its reason', async (_what, answer, why) => {
    await serving(answer, async (url) => {
      const speech = await engine({ engine: 'http', url, voice: '', seconds: 1 });
      await expect(speech.say('ทดสอบ')).rejects.toMatchObject({
        code: 'speech-failed',
        context: { why: expect.stringMatching(why) },
      });
    });
  });
});

/** A voice of tones, one a word: nobody's speech is in this repository. */
async function voiceOf(seconds: Record<string, number>): Promise<string> {
  const voice = mkdtempSync(join(folder, 'voice-'));
  const clips: Record<string, string> = {};
  for (const [index, [words, length]] of Object.entries(seconds).entries()) {
    const tone = `sine=frequency=${400 + 100 * index}:duration=${length}`;
    await made(voice, `${index}.wav`, '-f', 'lavfi', '-i', tone);
    clips[words] = `${index}.wav`;
  }
  writeFileSync(
    join(voice, 'clips.json'),
    JSON.stringify({ format: 1, voice: 'โทน', breath_ms: 200, clips }),
  );
  return voice;
}

function pcmIn(wav: Uint8Array): { samples: Int16Array } {
  expect(Buffer.from(wav).subarray(0, 44)).toEqual(
    Buffer.from(monoWav([new Int16Array((wav.length - 44) / 2)], RATE)).subarray(0, 44),
  );
  return { samples: new Int16Array(Uint8Array.from(wav.subarray(44)).buffer) };
}

function longestSilence(samples: Int16Array): number {
  let [longest, run] = [0, 0];
  for (const sample of samples) {
    run = Math.abs(sample) < 20 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function largestStep(samples: Int16Array): number {
  return samples.reduce(
    (largest, sample, i) => Math.max(largest, Math.abs(sample - (samples[i - 1] ?? sample))),
    0,
  );
}

function scratchFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('prakat-speech-'));
}

async function serving(answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { epochMsOf, Instant } from '../../firmware-protocol/content/instant.ts';
import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { bundles } from '../integration/bundles.ts';
import { find } from '../integration/sound/correlation.ts';
import { decodedSamples } from '../integration/sound/speech.ts';
import { samplesIn, secondsOf, temporaryFolder, until } from './setting.ts';

/** Three demos, each of a server and three halls, run at once on two cores. The start itself is measured in test/integration/sound. */
const ON_TIME_MS = 1_000;

const folder = await temporaryFolder();
/** The signs alone need 20 s to be read; starting and stopping on a busy machine the rest. */
const DEMO_TAKES_MS = 80_000;
/** A machine without a sound card, also where there is one: the towers speak into files. */
const env = { ...process.env, ALSA_CONFIG_PATH: '/dev/null' };

interface Ran {
  child: ChildProcess;
  out: () => string;
  ended: Promise<number | null>;
}

const running = new Set<ChildProcess>();
/** A test that failed half way has not ended its demo. */
afterAll(async () => {
  const ends = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGINT');
  await Promise.all(ends);
});

function prakat(...args: string[]): Ran {
  const child = spawn('scripts/prakat', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr.resume();
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  running.add(child);
  void ended.then(() => running.delete(child));
  return { child, out: () => said.out, ended };
}

/** Issue text of the demo's document: these members and no others. */
const Result = z.strictObject({
  halls: z.array(
    z.strictObject({
      device: z.string(),
      area: z.string().length(8),
      targeted: z.boolean(),
      tower: z.strictObject({
        outcome: z.string(),
        started_at: Instant.nullable(),
        seconds: z.number(),
        peak_dbfs: z.number().nullable(),
        wav: z.string().nullable(),
      }),
      panel: z.strictObject({
        outcome: z.string(),
        png: z.string().nullable(),
        crc: z.string().nullable(),
        board_crc: z.string().nullable(),
      }),
      reports: z.strictObject({ sent: z.int(), stored: z.int() }),
    }),
  ),
  publish_to_first_sound_ms: z.array(z.number()),
});

/** The page CRC of a picture with one pixel a lamp, as SPEC.md of the serial wire has it: RGB565, high byte first. */
async function pageCrc(png: string): Promise<string> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const page = Buffer.alloc(info.width * info.height * 2);
  for (let pixel = 0; pixel < info.width * info.height; pixel++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 3, pixel * 3 + 3);
    page.writeUInt16BE(((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3), pixel * 2);
  }
  return crcHex(crc32(page));
}

function peakDbfs(samples: Int16Array): number {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  return 20 * Math.log10(peak / 32_768);
}

beforeAll(bundles);

describe.concurrent('prakat demo', () => {
  test('--once --json: every figure of the document is what picture, sound and server say', async () => {
    const data = join(folder, 'once');
    const { ended, out } = prakat('demo', '--once', '--json', '--data', data);
    expect(await ended).toBe(0);
    const result = Result.parse(JSON.parse(out()));
    const told = result.halls.filter(({ targeted }) => targeted);
    expect(told.map(({ area }) => area)).toEqual(['43010101', '41010105']);
    const [media = ''] = await readdir(join(data, 'server', 'media'));
    const speech = await decodedSamples(join(data, 'server', 'media', media));
    for (const { device, tower, panel, reports } of told) {
      expect([tower.outcome, panel.outcome]).toEqual(['finished', 'finished']);
      expect(panel.board_crc).toBe(panel.crc);
      expect(await pageCrc(panel.png ?? '')).toBe(panel.crc);
      const heard = await samplesIn(tower.wav ?? '');
      const chime = find(makeChime('ding'), heard);
      const words = find(speech, heard);
      expect(chime.likeness).toBeGreaterThan(0.95);
      expect(words.likeness).toBeGreaterThan(0.95);
      expect(words.at).toBeGreaterThanOrEqual(chime.at + makeChime('ding').length);
      expect(Math.abs(peakDbfs(heard) - (tower.peak_dbfs ?? 0))).toBeLessThan(0.2);
      expect(tower.seconds).toBeCloseTo(secondsOf(heard), 2);
      const firstSampleAt = (await stat(tower.wav ?? '')).birthtimeMs;
      expect(Math.abs(epochMsOf(tower.started_at ?? '') - firstSampleAt)).toBeLessThan(ON_TIME_MS);
      expect(reports.sent).toBeGreaterThan(4);
      expect(reports.stored).toBe(reports.sent);
      const screens = (await readdir(join(data, device))).filter((name) => /^sign-\d+\.png$/.test(name));
      expect(screens.length).toBeGreaterThanOrEqual(3);
    }
    expect(result.publish_to_first_sound_ms).toHaveLength(2);
    for (const ms of result.publish_to_first_sound_ms) {
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThan(10_000);
    }
    const silent = result.halls.find(({ targeted }) => !targeted);
    expect(silent?.tower).toEqual({
      outcome: 'silent',
      started_at: null,
      seconds: 0,
      peak_dbfs: null,
      wav: null,
    });
    expect(silent?.panel).toEqual({ outcome: 'idle', png: null, crc: null, board_crc: null });
    expect(await wavFilesIn(join(data, silent?.device ?? '', 'sound'))).toEqual([]);
  });

  test('without --once it stays up, in Thai, until it is interrupted; nothing is left running', async () => {
    const data = join(folder, 'stays');
    const { child, ended, out } = prakat('demo', '--lang', 'th', '--data', data);
    const url = await until(() => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out())?.[0];
      if (found === undefined) throw new Error(`no URL yet: ${out()}`);
      return found;
    }, DEMO_TAKES_MS);
    expect(out()).toContain('จบครบ');
    const operator = JSON.parse(await readFile(join(data, 'operator.json'), 'utf8'));
    const basic = Buffer.from(`${operator.user}:${operator.password}`).toString('base64');
    expect(await (await fetch(url)).text()).toContain('ประกาศ');
    const status = `${url}/status`;
    expect((await fetch(status)).status).toBe(401);
    expect((await fetch(status, { headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
    expect(await prakat('demo', '--once', '--data', data).ended).toBe(1);
    expect((await fetch(status)).status).toBe(401);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await processesOf(data)).toEqual([]);
  });

  test('interrupted before the end it fails, and leaves nothing running', async () => {
    const data = join(folder, 'early');
    const { child, ended } = prakat('demo', '--data', data);
    await until(async () => expect((await processesOf(data)).length).toBeGreaterThan(3));
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(await processesOf(data)).toEqual([]);
  });

  test('a folder with other things in it is left alone; wrong flags are wrong usage', async () => {
    const foreign = join(folder, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'photo.jpg'), 'holiday');
    expect(await prakat('demo', '--once', '--data', foreign).ended).toBe(1);
    expect(await readdir(foreign)).toEqual(['photo.jpg']);
    expect(await prakat('demo', '--twice').ended).toBe(2);
  });
});

test('a demo that is killed takes its halls along: the next one finds their lines free', async () => {
  const data = join(folder, 'killed');
  const { child, ended, out } = prakat('demo', '--data', data);
  await until(() => expect(out()).toContain('on air'), DEMO_TAKES_MS);
  child.kill('SIGKILL');
  await ended;
  await until(async () => expect(await processesOf(data)).toEqual([]));
});

/** Command lines of living processes that work in a folder: the demo, its agents, its cables. */
async function processesOf(data: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')),
  );
  return lines.filter((line) => line.includes(data));
}

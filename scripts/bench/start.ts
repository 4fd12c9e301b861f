import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cli, Failed } from '../cli.ts';
import { bundlePath } from '../virtual-village/hall.ts';
import { CapturedCard } from './captured-card.ts';
import { onsetOf } from './onset.ts';
import { type BenchRow, percentile, rowOf } from './row.ts';
import { startSound } from './start-sound.ts';

const RUNS = 100;
/** The instants are so far ahead: the halls are told in time to start a player and to wait for the instant with it. */
const AHEAD_MS = 800;
/** The floor begins so long after the halls have begun: it has the computer to itself, as they have. */
const FLOOR_AFTER_MS = 200;
/** Of what was found, at least so much must be the chime. */
const LEAST_LIKENESS = 0.9;
/** `Nice=` of the agent's systemd unit. */
const AS_INSTALLED_NICE = -5;
const PROMISED = { worstMs: 3.5, ratio: 1 / 50, apartMs: 5 };
const LATE_MS = 15_000;

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Errors {
  first: number[];
  second: number[];
  floor: number[];
}

/**
 * How far the first sound lies from the instant it was ordered for, by the captured samples: two halls, each a process
 * with the playout, tower and player of the agent, for the same instant; and ffmpeg | aplay started at an instant by a
 * timer. The device is ALSA's `file` plugin into a reader that paces; the chime is found by cross-correlation.
 */
export async function benchStart(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const cards = ['first', 'second', 'floor'].map((name) => CapturedCard.open(join(folder, name)));
  const [first, second, floor] = cards as [CapturedCard, CapturedCard, CapturedCard];
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(asoundrc, cards.map((card, n) => card.alsaDevice(`card${n}`)).join(''));
  const env = { ...process.env, ALSA_CONFIG_PATH: asoundrc };
  const halls = [0, 1].map((n) =>
    spawn(process.execPath, [bundlePath('start-hall'), `card${n}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    }),
  ) as [Child, Child];
  const isReady = Promise.all(halls.map((hall) => said(hall, 'ready')));
  isReady.catch(() => {});
  for (const hall of halls) takePrecedence(AS_INSTALLED_NICE, hall.pid);
  takePrecedence(constants.priority.PRIORITY_HIGHEST);
  try {
    const chime = startSound();
    const file = await encoded(chime, folder);
    await isReady;
    const errors: Errors = { first: [], second: [], floor: [] };
    for (let run = 1; run <= RUNS; run += 1) {
      for (const card of cards) card.clear();
      const startAt = Date.now() + AHEAD_MS;
      await Promise.all(halls.map((hall) => announced(hall, startAt)));
      await Promise.all([first.quiet(), second.quiet()]);
      errors.first.push(errorOf(first, chime, startAt));
      errors.second.push(errorOf(second, chime, startAt));
      const floorAt = Date.now() + FLOOR_AFTER_MS;
      await spawned(file, floorAt, env);
      await floor.quiet();
      errors.floor.push(errorOf(floor, chime, floorAt));
      const [a = 0, b = 0, c = 0] = [errors.first, errors.second, errors.floor].map((all) => all.at(-1));
      cli.say(
        `run ${run} of ${RUNS}: ${a.toFixed(2)} and ${b.toFixed(2)} ms, ffmpeg | aplay ${c.toFixed(1)} ms`,
      );
    }
    return rowsOf(errors);
  } finally {
    for (const hall of halls) hall.kill('SIGKILL');
    for (const card of cards) card.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where it is not allowed, delays of the reader, which stands for a card and should have none, count as the halls'. */
function takePrecedence(nice: number, pid = 0): void {
  try {
    setPriority(pid, nice);
  } catch {
    // EACCES, EPERM: not root.
  }
}

function rowsOf({ first, second, floor }: Errors): BenchRow[] {
  const sizes = (errors: number[]) => errors.map(Math.abs);
  const halls = sizes([...first, ...second]);
  const apart = first.map((error, n) => Math.abs(error - (second[n] ?? Number.NaN)));
  const row = (name: string, values: number[]) =>
    rowOf({
      ...{ name, unit: 'ms', product: percentile(values, 0.5), floor: percentile(sizes(floor), 0.5) },
      ...{ worst: Math.max(...values), runs: values.length },
    });
  const error = row('start error', halls);
  const twoHalls = row('two halls apart', apart);
  return [
    { ...error, pass: (error.worst ?? 0) <= PROMISED.worstMs && error.ratio <= PROMISED.ratio },
    { ...twoHalls, pass: (twoHalls.worst ?? 0) <= PROMISED.apartMs },
  ];
}

/** Asks a hall for the chime at an instant, and waits until it is over. */
async function announced(hall: Child, startAt: number): Promise<void> {
  const ended = said(hall, 'ended finished');
  hall.stdin.write(`${startAt}\n`);
  await ended;
}

/** Resolves when a hall says this next. */
async function said(hall: Child, wanted: string): Promise<void> {
  const [words] = await once(hall.stdout, 'data', { signal: AbortSignal.timeout(LATE_MS) });
  if (!String(words).startsWith(wanted)) throw new Failed(`a hall said ${words}`);
}

/** The least that anybody does: a timer, and two programs. */
async function spawned(file: string, at: number, env: NodeJS.ProcessEnv): Promise<void> {
  await wait(at - Date.now());
  const decode = `ffmpeg -nostdin -v error -i '${file}' -f s16le -ac 1 -ar 48000 -`;
  const play = 'aplay -q -t raw -f S16_LE -c 1 -r 48000 -D card2 -';
  const shell = spawn('nice', ['-n', '20', 'sh', '-c', `${decode} | ${play}`], { stdio: 'ignore', env });
  await once(shell, 'close', { signal: AbortSignal.timeout(LATE_MS) });
}

/** Milliseconds by which the chime sounded after its instant (epoch ms); negative = before it. */
function errorOf(card: CapturedCard, chime: Int16Array, instant: number): number {
  const { frame, likeness } = onsetOf(chime, card.samples());
  if (!(likeness >= LEAST_LIKENESS)) throw new Failed(`no chime among the samples (likeness ${likeness})`);
  return card.soundedAt(frame) + wallOffset() - instant;
}

/** Epoch ms minus `performance.now()`, to some microseconds: `Date.now()` counts whole milliseconds. */
function wallOffset(): number {
  let offset = Number.NEGATIVE_INFINITY;
  const until = performance.now() + 2;
  for (let now = performance.now(); now < until; now = performance.now())
    offset = Math.max(offset, Date.now() - performance.now());
  return offset;
}

async function encoded(samples: Int16Array, folder: string): Promise<string> {
  const path = join(folder, 'chime.ogg');
  const input = ['-f', 's16le', '-ac', '1', '-ar', '48000', '-i', 'pipe:0'];
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...input, '-c:a', 'libopus', '-b:a', '48k', path], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  ffmpeg.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  const [code] = await once(ffmpeg, 'close');
  if (code !== 0) throw new Failed('ffmpeg could not make the chime');
  return path;
}

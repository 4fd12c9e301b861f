import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cli } from '../cli.ts';
import { upload } from '../operator/upload.ts';
import { Country } from '../virtual-village/country.ts';
import type { Hall } from '../virtual-village/hall.ts';
import { findSpeech } from '../virtual-village/speech.ts';
import { processorSeconds, residentMiB } from './process-memory.ts';
import { type BenchRow, median, rowOf } from './row.ts';

const RUNS = 5;
/** The first picture is drawn and its process gone; V8, which begins to tidy up after eight idle seconds, has done it. */
const IDLE_AFTER_MS = 15_000;
/** An agent keeps its compiled code five seconds after its first start. */
const KEPT_WITHIN_MS = 60_000;
const START_TIMEOUT_MS = 30_000;
/** Over which playing is measured; the play is longer. */
const PLAYING_MS = 10_000;
const TIMES_SAID = 10;
/** The first orders bring in code and fill caches; growth is what comes after them. */
const WARM_ORDERS = 1_000;
/** Asked for at a time: fewer than the inbox of a hall holds, so that none is refused for want of room. */
const ORDERS_AT_ONCE = 16;
const VILLAGE = '43010101';
/** Targets of the project for the agent as installed. */
const PROMISED = { idleRatio: 1.35, startMs: 120, growthRatio: 1.05 } as const;

interface Sample {
  startMs: number;
  idleMiB: number;
  ownMiB: number;
}

/**
 * The agent with tower and sign, beside a Node process that does nothing: start until it listens, resident memory idle and
 * playing, processor while playing, and memory after many orders.
 */
export async function benchAgent(cli: Cli, { orders }: { orders: number }): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const plan = { device: 'bench-hall', village: VILLAGE, name: 'บ้านทดสอบ', sign: { width: 128, height: 64 } };
  const country = await Country.found({ folder, halls: [plan] });
  try {
    await country.wake();
    const [hall] = country.halls;
    if (hall === undefined) throw new Error('the country has no hall');
    await until(() => hall.hasKeptCode, 'kept no code', KEPT_WITHIN_MS);
    await hall.cutPower();
    const { product, floor } = await startsOf(hall, cli);
    const idle = both(product, floor, (each) => each.idleMiB);
    const own = both(product, floor, (each) => each.ownMiB);
    const start = both(product, floor, (each) => each.startMs);
    hall.start();
    const playing = await playingOf(country, hall, idle.floor);
    return [
      {
        ...rowOf({ name: 'idle memory', unit: 'MiB', ...idle }),
        pass: idle.product <= PROMISED.idleRatio * idle.floor,
      },
      rowOf({ name: 'idle memory of its own', unit: 'MiB', ...own }),
      {
        ...rowOf({ name: 'start', unit: 'ms', ...start }),
        pass: start.product - start.floor <= PROMISED.startMs,
      },
      ...playing,
      await growthOf(country, hall, orders, cli),
    ];
  } finally {
    await country.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startsOf(hall: Hall, cli: Cli): Promise<{ product: Sample[]; floor: Sample[] }> {
  const product: Sample[] = [];
  const floor: Sample[] = [];
  for (let run = 0; run < RUNS; run++) {
    cli.say(`start ${run + 1} of ${RUNS}`);
    product.push(await measure(() => hall.start({ isTied: false }), 'line to the broker is up'));
    await hall.cutPower();
    floor.push(await measureEmpty());
  }
  return { product, floor };
}

function both(product: Sample[], floor: Sample[], figure: (sample: Sample) => number) {
  return {
    product: median(product.map(figure)),
    floor: median(floor.map(figure)),
    worst: Math.max(...product.map(figure)),
    runs: product.length,
  };
}

/** Node as anybody starts it: whatever flags the agent has are its own merit. */
async function measureEmpty(): Promise<Sample> {
  const program = 'console.log("up"); setInterval(() => {}, 1e6)';
  let child: ChildProcess | undefined;
  const sample = await measure(() => {
    child = spawn(process.execPath, ['-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return child;
  }, 'up');
  const gone = child === undefined ? undefined : once(child, 'exit');
  child?.kill('SIGKILL');
  await gone;
  return sample;
}

/** Real speech, said again and again: memory and processor of the agent, without the player and the decoder beside it. */
async function playingOf({ operator, profile }: Country, hall: Hall, floorMiB: number): Promise<BenchRow[]> {
  const { sha256 } = await upload(profile, await findSpeech(undefined));
  await operator.ask('push', { to: [VILLAGE], media: [sha256], times: TIMES_SAID, chime: 'attention' });
  await until(async () => {
    const { devices } = await operator.ask('devices', {});
    return devices.some(({ state }) => state?.outputs.tower?.play !== undefined);
  }, 'did not play');
  const [before, from] = [await processorSeconds(hall.pid), performance.now()];
  await wait(PLAYING_MS);
  const usedMs = ((await processorSeconds(hall.pid)) - before) * 1_000;
  const sharePercent = (100 * usedMs) / (performance.now() - from);
  const memory = { product: await residentMiB(hall.pid), floor: floorMiB };
  return [
    rowOf({ name: 'memory playing', unit: 'MiB', ...memory, runs: 1 }),
    // Beside a core that does nothing else.
    rowOf({ name: 'processor playing', unit: '% of a core', product: sharePercent, floor: 100, runs: 1 }),
  ];
}

/** Signed stops, each verified, recorded and reported: resident memory after all beside that after the first thousand. */
async function growthOf({ operator }: Country, hall: Hall, orders: number, cli: Cli): Promise<BenchRow> {
  const stops = async (count: number) => {
    for (let sent = 0; sent < count; sent += ORDERS_AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(ORDERS_AT_ONCE, count - sent) }, () =>
          operator.ask('stop', { to: [VILLAGE] }),
        ),
      );
    await wait(IDLE_AFTER_MS);
    return residentMiB(hall.pid);
  };
  cli.say(`${WARM_ORDERS} orders, then ${orders}`);
  const floor = await stops(WARM_ORDERS);
  const product = await stops(orders);
  const row = rowOf({ name: `memory after ${orders} orders`, unit: 'MiB', product, floor, runs: orders });
  return { ...row, pass: row.ratio <= PROMISED.growthRatio };
}

async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  withinMs = START_TIMEOUT_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`the hall ${what}`);
    await wait(50);
  }
}

/** Spawns, waits for the line that says it listens, lets it idle, and reads its memory. */
async function measure(start: () => ChildProcess, ready: string): Promise<Sample> {
  const startedAt = performance.now();
  const child = start();
  await says(child, ready);
  const startMs = performance.now() - startedAt;
  await wait(IDLE_AFTER_MS);
  return {
    startMs,
    idleMiB: await residentMiB(child.pid),
    ownMiB: await residentMiB(child.pid, 'RssAnon'),
  };
}

function says(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not "${words}" within ${START_TIMEOUT_MS} ms`)),
      START_TIMEOUT_MS,
    );
    let heard = '';
    const hear = (chunk: Buffer) => {
      heard += chunk.toString();
      if (!heard.includes(words)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

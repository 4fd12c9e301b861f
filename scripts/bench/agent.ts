import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadIdentity } from '../../device/drivers/identity-file.ts';
import { zoneOf } from '../../firmware-protocol/content/area.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import type { Cli } from '../cli.ts';
import { Country } from '../virtual-village/country.ts';
import { bundlePath, type Hall } from '../virtual-village/hall.ts';
import { residentMiB } from './process-memory.ts';
import { type BenchRow, median, rowOf } from './row.ts';

const RUNS = 5;
/** After the first picture was drawn and its process is gone, and the garbage of the start is collected. */
const IDLE_AFTER_MS = 6_000;
const START_TIMEOUT_MS = 30_000;

interface Sample {
  startMs: number;
  idleMiB: number;
}

/** Start until "listening", and resident memory when idle: the agent with tower and sign, beside an MQTT client alone. */
export async function benchAgent(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const plan = {
    device: 'bench-hall',
    village: '43010101',
    name: 'บ้านทดสอบ',
    sign: { width: 128, height: 64 },
  };
  const country = await Country.found({ folder, halls: [plan] });
  try {
    await country.wake();
    const [hall] = country.halls;
    if (hall === undefined) throw new Error('the country has no hall');
    await hall.cutPower();
    const product: Sample[] = [];
    const floor: Sample[] = [];
    for (let run = 0; run < RUNS; run++) {
      cli.say(`run ${run + 1} of ${RUNS}`);
      product.push(await measure(() => hall.start(), 'line to the broker is up'));
      await hall.cutPower();
      floor.push(await measureFloor(hall));
    }
    return [
      rowOf({ name: 'idle memory', unit: 'MiB', ...both(product, floor, (each) => each.idleMiB) }),
      rowOf({ name: 'start', unit: 'ms', ...both(product, floor, (each) => each.startMs) }),
    ];
  } finally {
    await country.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function both(product: Sample[], floor: Sample[], figure: (sample: Sample) => number) {
  return {
    product: median(product.map(figure)),
    floor: median(floor.map(figure)),
    worst: Math.max(...product.map(figure)),
    runs: product.length,
  };
}

async function measureFloor(hall: Hall): Promise<Sample> {
  const { broker, device, password, village } = await loadIdentity(
    join(hall.folder, 'data', 'identity.json'),
  );
  const topic = topicOf('deviceOrder', { zone: zoneOf(village), device });
  let child: ChildProcess | undefined;
  const sample = await measure(() => {
    const words = [bundlePath('floor-client'), broker, device, password, topic];
    child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    return child;
  }, 'up');
  const gone = child === undefined ? undefined : once(child, 'exit');
  child?.kill('SIGKILL');
  await gone;
  return sample;
}

/** Spawns, waits for the line that says it listens, lets it idle, and reads its memory. */
async function measure(start: () => ChildProcess, ready: string): Promise<Sample> {
  const startedAt = performance.now();
  const child = start();
  await says(child, ready);
  const startMs = performance.now() - startedAt;
  await wait(IDLE_AFTER_MS);
  return { startMs, idleMiB: await residentMiB(child.pid) };
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

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cli, Failed } from '../cli.ts';
import { type Connection, openMqtt } from '../operator/mqtt-connection.ts';
import { Country } from '../virtual-village/country.ts';
import { openBareBroker } from './floor-broker.ts';
import { type BenchRow, percentile, rowOf } from './row.ts';
import { SampleGate } from './sample-gate.ts';

/** Not counted: both sides load and compile on their first way through. */
const WARM_RUNS = 2;
const RUNS = 200;
const PROMISED_ABOVE_FLOOR_MS = 15;
const PAYLOAD_BYTES = 1_000;
const POLL_MS = 50;
/** A hall that has not sounded by then did not hear, or failed: the benchmark says so instead of waiting. */
const SOUND_TIMEOUT_MS = 10_000;
/** As prompt as it can be: a period is taken as soon as it is there. */
const APLAY = [
  ...['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', '48000', '-D', 'gate'],
  ...['--buffer-time=60000', '--period-time=10000', '--start-delay=10000', '-'],
];
/** 100 ms: ALSA's `file` plugin keeps the last period back. */
const BURST_BYTES = 9_600;
/** aplay has opened its device by then. */
const ARMED_MS = 150;

/**
 * From an operator's publish to the first sample at the sound device. Included: the request over MQTT, the server's
 * judgement, the signed and stored order, its publish; in the hall: verification, the durable claim and start, the
 * player, the first sample of the chime. Not included: a media download and the settling of an amplifier board.
 *
 * Floor: a raw QoS 1 round trip over a bare broker and a write to a player that waits for it, each run right before an alert.
 * The device is ALSA's `file` plugin into a pipe that we read.
 */
export async function benchAlert(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const gate = await SampleGate.open(join(folder, 'samples'));
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(
    asoundrc,
    `pcm.silence { type null }\npcm.gate { type file slave.pcm silence file "${gate.path}" format raw }\n`,
  );
  const country = await quietCountry(folder, asoundrc);
  const broker = await openBareBroker();
  const client = await openMqtt(broker.url, { clientId: 'floor' });
  try {
    await client.subscribeAsync('floor', { qos: 1 });
    await country.wake(['tower']);
    const floor: number[] = [];
    const product: number[] = [];
    for (let run = 0; run < WARM_RUNS + RUNS; run++) {
      await gate.quiet();
      const least = (await rawRoundTrip(client)) + (await armedPlayer(gate, asoundrc));
      await gate.quiet();
      const real = await announcement(country, gate);
      if (run < WARM_RUNS) continue;
      floor.push(least);
      product.push(real);
      cli.say(`run ${product.length} of ${RUNS}: ${real.toFixed(1)} ms, floor ${least.toFixed(1)} ms`);
    }
    const row = (name: string, share: number): BenchRow =>
      rowOf({
        name,
        unit: 'ms',
        product: percentile(product, share),
        floor: percentile(floor, share),
        worst: Math.max(...product),
        runs: product.length,
      });
    const p50 = row('p50', 0.5);
    return [{ ...p50, pass: p50.product - p50.floor <= PROMISED_ABOVE_FLOOR_MS }, row('p99', 0.99)];
  } finally {
    await client.endAsync();
    await broker.close();
    await country.close();
    gate.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rawRoundTrip(client: Connection): Promise<number> {
  const back = new Promise((resolve) => client.once('message', resolve));
  const startedAt = performance.now();
  client.publish('floor', Buffer.alloc(PAYLOAD_BYTES), { qos: 1 });
  await back;
  return performance.now() - startedAt;
}

/** A player that was started before and waits: from the write to the first sample. */
async function armedPlayer(gate: SampleGate, asoundrc: string): Promise<number> {
  const aplay = spawn('aplay', APLAY, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ALSA_CONFIG_PATH: asoundrc },
  });
  const ended = new Promise((resolve) => aplay.once('close', resolve));
  await wait(ARMED_MS);
  const first = gate.next();
  const startedAt = performance.now();
  aplay.stdin.write(Buffer.alloc(BURST_BYTES));
  try {
    return (await inTime(first)) - startedAt;
  } finally {
    aplay.stdin.end();
    await ended;
  }
}

/** One hall without a sign: its sound device is the gate. */
function quietCountry(folder: string, asoundrc: string): Promise<Country> {
  const plan = {
    device: 'bench-hall',
    village: '43010101',
    name: 'บ้านทดสอบ',
    sign: { width: 128, height: 64 },
  };
  return Country.found({
    folder: join(folder, 'country'),
    halls: [plan],
    device: { board: undefined, tower: { player: { type: 'alsa', device: 'gate' } } },
    env: { ALSA_CONFIG_PATH: asoundrc },
  });
}

async function announcement(country: Country, gate: SampleGate): Promise<number> {
  const first = gate.next();
  const startedAt = performance.now();
  const { order } = await country.operator.ask('push', {
    to: ['43010101'],
    text: 'น้ำท่วม โปรดระวัง',
    kind: 'alert',
    chime: 'ding',
    outputs: ['tower'],
  });
  const took = (await inTime(first)) - startedAt;
  // What is said after its first sample is not measured.
  await country.operator.ask('stop', { order });
  await ended(country, order);
  return took;
}

async function inTime(first: Promise<number>): Promise<number> {
  const late = new AbortController();
  const timeout = wait(SOUND_TIMEOUT_MS, undefined, { signal: late.signal }).then(() => {
    throw new Failed(`no sound within ${SOUND_TIMEOUT_MS} ms`);
  });
  timeout.catch(() => {});
  try {
    return await Promise.race([first, timeout]);
  } finally {
    late.abort();
  }
}

async function ended({ operator }: Country, order: string): Promise<void> {
  for (;;) {
    const { deliveries } = await operator.ask('order', { order });
    const [delivery] = deliveries;
    if (delivery?.state === 'ended') return;
    if (delivery?.state === 'refused' || delivery?.state === 'expired')
      throw new Failed(`the hall said ${delivery.state}`);
    await wait(POLL_MS);
  }
}

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
const RUNS = 30;
const PAYLOAD_BYTES = 1_000;
const POLL_MS = 50;
/** A hall that has not sounded by then did not hear, or failed: the benchmark says so instead of waiting. */
const SOUND_TIMEOUT_MS = 10_000;
const APLAY = ['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', '48000', '-D', 'gate', '-'];

/**
 * From an operator's publish to the first sample at the sound device. Included: the request over MQTT, the server's
 * judgement, the signed and stored order, its publish; in the hall: verification, the durable claim and start, the
 * player, the first sample out of it. Not included: a media download and the settling of an amplifier board.
 *
 * Floor: a raw QoS 1 round trip over a bare broker and the start of a player, each run right before an announcement.
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
      const least = (await rawRoundTrip(client)) + (await playerStart(gate, asoundrc));
      await gate.quiet();
      const real = await announcement(country, gate);
      if (run < WARM_RUNS) continue;
      floor.push(least);
      product.push(real);
      cli.say(`run ${product.length} of ${RUNS}: ${real.toFixed(0)} ms, floor ${least.toFixed(0)} ms`);
    }
    const row = (name: string, share: number) =>
      rowOf({
        name,
        unit: 'ms',
        product: percentile(product, share),
        floor: percentile(floor, share),
        worst: Math.max(...product),
        runs: product.length,
      });
    return [row('p50', 0.5), row('p99', 0.99)];
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

async function playerStart(gate: SampleGate, asoundrc: string): Promise<number> {
  const first = gate.next();
  const startedAt = performance.now();
  const aplay = spawn('aplay', APLAY, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ALSA_CONFIG_PATH: asoundrc },
  });
  const ended = new Promise((resolve) => aplay.once('close', resolve));
  aplay.stdin.end(Buffer.alloc(48_000));
  const took = (await inTime(first)) - startedAt;
  await ended;
  return took;
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
    text: 'ทดสอบ',
    chime: 'ding',
    outputs: ['tower'],
  });
  const took = (await inTime(first)) - startedAt;
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

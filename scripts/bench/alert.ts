import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cli, Failed } from '../cli.ts';
import { openMqtt } from '../operator/mqtt-connection.ts';
import { Country } from '../virtual-village/country.ts';
import { openBareBroker } from './floor-broker.ts';
import { type BenchRow, percentile, rowOf } from './row.ts';
import { SampleGate } from './sample-gate.ts';

const RUNS = 40;
const PAYLOAD_BYTES = 1_000;
const POLL_MS = 50;
const APLAY = ['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', '48000', '-D', 'gate', '-'];

/**
 * From an operator's publish to the first sample at the sound device, through server, signature, claim and board, beside
 * a raw QoS 1 round trip plus the start of a player. The device is ALSA's `file` plugin into a pipe that we read.
 */
export async function benchAlert(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const gate = await SampleGate.open(join(folder, 'samples'));
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(
    asoundrc,
    `pcm.silence { type null }\npcm.gate { type file slave.pcm silence file "${gate.path}" format raw }\n`,
  );
  try {
    const roundTrips = await rawRoundTrips();
    const starts = await playerStarts(gate, asoundrc);
    cli.say(`floor measured; ${RUNS} announcements follow`);
    const product = await announcements(folder, gate, asoundrc);
    const row = (name: string, share: number) =>
      rowOf({
        name,
        unit: 'ms',
        product: percentile(product, share),
        floor: percentile(roundTrips, share) + percentile(starts, share),
        worst: Math.max(...product),
        runs: product.length,
      });
    return [row('p50', 0.5), row('p99', 0.99)];
  } finally {
    gate.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rawRoundTrips(): Promise<number[]> {
  const broker = await openBareBroker();
  const client = await openMqtt(broker.url, { clientId: 'floor' });
  await client.subscribeAsync('floor', { qos: 1 });
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  const samples: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const back = new Promise((resolve) => client.once('message', resolve));
    const startedAt = performance.now();
    client.publish('floor', payload, { qos: 1 });
    await back;
    samples.push(performance.now() - startedAt);
  }
  await client.endAsync();
  await broker.close();
  return samples;
}

async function playerStarts(gate: SampleGate, asoundrc: string): Promise<number[]> {
  const samples: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const first = gate.next();
    const startedAt = performance.now();
    const aplay = spawn('aplay', APLAY, {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, ALSA_CONFIG_PATH: asoundrc },
    });
    const ended = new Promise((resolve) => aplay.once('close', resolve));
    aplay.stdin.end(Buffer.alloc(48_000));
    samples.push((await first) - startedAt);
    await ended;
    await gate.quiet();
  }
  return samples;
}

async function announcements(folder: string, gate: SampleGate, asoundrc: string): Promise<number[]> {
  const plan = {
    device: 'bench-hall',
    village: '43010101',
    name: 'บ้านทดสอบ',
    sign: { width: 128, height: 64 },
  };
  const country = await Country.found({
    folder: join(folder, 'country'),
    halls: [plan],
    device: { board: undefined, tower: { player: { type: 'alsa', device: 'gate' } } },
    env: { ALSA_CONFIG_PATH: asoundrc },
  });
  const { operator } = country;
  try {
    await country.wake(['tower']);
    await gate.quiet();
    const samples: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const first = gate.next();
      const startedAt = performance.now();
      const { order } = await operator.ask('push', {
        to: ['43010101'],
        text: 'ทดสอบ',
        chime: 'ding',
        outputs: ['tower'],
      });
      samples.push((await first) - startedAt);
      await ended(country, order);
      await gate.quiet();
    }
    return samples;
  } finally {
    await country.close();
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

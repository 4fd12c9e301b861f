import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import {
  MOSQUITTO_ROUNDS,
  MOSQUITTO_SALT_BYTES,
  mosquittoHash,
} from '../../../server/operators/mosquitto-hash.ts';
import type { Cli } from '../../cli.ts';
import { OperatorClient } from '../../operator/client.ts';
import { firstAdministrator } from '../../virtual-village/country.ts';
import { enrolledHall } from '../enrolled-hall.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { Listeners } from './listeners.ts';
import { Mosquitto } from './mosquitto.ts';
import { storm } from './storm.ts';

const RUNS = 10;
/** Not counted: both sides load and compile on their first way through. */
const WARM_RUNS = 2;
const PROMISED_RATIO = 1.15;
const LINE_POLL_MS = 200;
/** When the last hall has a message, Mosquitto still takes thousands of acknowledgements: neither side begins behind those of the other. */
const REST_MS = 500;
const PROVINCE = '43';
const TOPIC = `prakat/v1/${PROVINCE}/area/${PROVINCE}/order`;

/**
 * One order to a province of real connections: from the operator's publish until the last hall has it, through request,
 * judgement, signature, the durable outbox and one publish, while a row for each hall is written behind it. Floor: the same bytes published to the same
 * connections of the same Mosquitto, with nothing before it.
 */
export async function benchFanout(cli: Cli, { halls }: { halls: number }): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const port = await freePort();
  const mosquittoFolder = join(folder, 'mosquitto');
  await mkdir(mosquittoFolder, { recursive: true });
  const broker = { kind: 'external', url: `mqtt://127.0.0.1:${port}`, folder: mosquittoFolder };
  const listen = { host: '127.0.0.1', port };
  const written = {
    data: 'server',
    broker: { ...broker, listen },
    http: { port: 0 },
    // One person, at any hour: what is measured is the way of the order.
    approvals: { alone: ['th'], step_up: false },
    log: 'silent',
  };
  const server = await serve({ config: configFrom(written, folder) });
  const password = randomBytes(16).toString('base64url');
  await enrolMany(server, halls, password);
  const mosquitto = await Mosquitto.write(folder, mosquittoFolder);
  mosquitto.start();
  let listeners: Listeners | undefined;
  try {
    const login = await firstAdministrator(server);
    const operator = await OperatorClient.connect(login);
    cli.say(`${halls} halls log on`);
    const from = performance.now();
    listeners = await Listeners.connect({ url: broker.url, password, topic: TOPIC, count: halls });
    const firstLogOnMs = performance.now() - from;
    const rows = [await lastOf(listeners, halls, { server, operator, cli })];
    await operator.close();
    return [
      ...rows,
      ...(await storm(listeners, halls, {
        mosquitto,
        serverBack: () => lineOf(server),
        profile: login,
        firstLogOnMs,
        cli,
      })),
    ];
  } finally {
    listeners?.close();
    await server.stop();
    mosquitto.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stage {
  server: RunningServer;
  operator: OperatorClient;
  cli: Cli;
}

async function lastOf(listeners: Listeners, halls: number, stage: Stage): Promise<BenchRow> {
  const { server, operator, cli } = stage;
  const product: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < WARM_RUNS + RUNS; run++) {
    const text = `น้ำท่วม ครั้งที่ ${run} โปรดระวัง`;
    let order = '';
    await wait(REST_MS);
    const real = await listeners.timed(text, async () => {
      ({ order } = await operator.ask('push', { to: [PROVINCE], text, expires_in_s: 3_600 }));
    });
    const bytes = Buffer.from(JSON.stringify(await server.services.dispatch.order(order)));
    // Nobody answers here: what would be sent again is none of this.
    const { db } = server.services;
    while (await db.transaction(({ orders }) => orders.writeRows(halls)));
    await db.deliveries.expire(Number.MAX_SAFE_INTEGER);
    await wait(REST_MS);
    const message = { topic: TOPIC, payload: bytes, qos: 1, retained: false } as const;
    const least = await listeners.timed(text, () => server.services.broker.publish(message));
    if (run < WARM_RUNS) continue;
    product.push(real);
    floor.push(least);
    cli.say(
      `run ${product.length} of ${RUNS}: ${real.toFixed(0)} ms, Mosquitto alone ${least.toFixed(0)} ms`,
    );
  }
  const row = rowOf({
    ...{ name: `last of ${halls}`, unit: 'ms', product: median(product), floor: median(floor) },
    ...{ worst: Math.max(...product), runs: product.length },
  });
  return { ...row, pass: row.ratio <= PROMISED_RATIO };
}

/** Rows as an enrolment makes them; they share one password. */
async function enrolMany(
  { services: { db } }: RunningServer,
  halls: number,
  password: string,
): Promise<void> {
  const brokerHash = await mosquittoHash(
    password,
    randomBytes(MOSQUITTO_SALT_BYTES),
    MOSQUITTO_ROUNDS.device,
  );
  await db.transaction(async ({ devices }) => {
    for (let at = 0; at < halls; at++)
      await devices.put(
        enrolledHall(`fan-${at}`, `${PROVINCE}${String(10_000 + at).padStart(6, '0')}`, { brokerHash }),
      );
  });
}

/** A few messages that say nothing: the first that is taken tells that the line is there, and a moment later it is subscribed. */
async function lineOf({ services }: RunningServer): Promise<void> {
  const message = { topic: TOPIC, payload: Buffer.alloc(0), qos: 0, retained: false } as const;
  for (;;) {
    const taken = await services.broker.publish(message).then(
      () => true,
      () => false,
    );
    await wait(LINE_POLL_MS);
    if (taken) return;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

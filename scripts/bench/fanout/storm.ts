import { setTimeout as wait } from 'node:timers/promises';
import type { Cli } from '../../cli.ts';
import { OperatorClient } from '../../operator/client.ts';
import type { Profile } from '../../operator/profile.ts';
import { type BenchRow, percentile, rowOf } from '../row.ts';
import type { Listeners } from './listeners.ts';
import type { Mosquitto } from './mosquitto.ts';

interface Stage {
  mosquitto: Mosquitto;
  /** Resolves when the server has its own line again: what is asked before that, nobody hears. */
  serverBack: () => Promise<void>;
  profile: Profile;
  /** What it took all to log on for the first time, fifty at once. */
  firstLogOnMs: number;
  cli: Cli;
}

/** It was gone for so long: a restart. */
const DEAD_MS = 1_000;
const CALM_REQUESTS = 50;
const EACH_MS = 50;
const CONNECT_TRIES = 100;
/** F28: who is there already is answered within it. */
const PROMISED_P99_MS = 2_000;

/**
 * The broker dies and comes back, and all halls with it: until the last is subscribed again, and how long an operator waits for
 * an answer meanwhile. Floors: the first log-on of all, fifty at once; the same question in calm.
 */
export async function storm(
  listeners: Listeners,
  halls: number,
  { mosquitto, serverBack, profile, firstLogOnMs, cli }: Stage,
): Promise<BenchRow[]> {
  cli.say(`the broker dies; ${halls} halls come back`);
  const calm = await asked(await OperatorClient.connect(profile), calmlyUntil(CALM_REQUESTS));
  mosquitto.kill();
  await wait(DEAD_MS);
  mosquitto.start();
  const from = performance.timeOrigin + performance.now();
  let isBack = false;
  const back = listeners.back().then((at) => {
    isBack = true;
    return at - from;
  });
  await serverBack();
  const stormy = await asked(await connected(profile), () => !isBack);
  const backMs = await back;
  const row = (name: string, product: number, floor: number, worst: number, runs: number) =>
    rowOf({ name: `${name} ${halls}`, unit: 'ms', product, floor, worst, runs });
  const p99 = row(
    'answer p99 beside the return of',
    percentile(stormy, 0.99),
    percentile(calm, 0.99),
    Math.max(...stormy),
    stormy.length,
  );
  return [
    row('return of', backMs, firstLogOnMs, backMs, 1),
    { ...p99, pass: p99.product <= PROMISED_P99_MS },
  ];
}

function calmlyUntil(requests: number): () => boolean {
  let left = requests;
  return () => left-- > 0;
}

/** How long each answer took while `more` says so, ms. */
async function asked(operator: OperatorClient, more: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (more()) {
    const from = performance.now();
    await operator.ask('overview', {});
    took.push(performance.now() - from);
    await wait(EACH_MS);
  }
  await operator.close();
  return took;
}

/** An operator tries again, too. */
async function connected(profile: Profile): Promise<OperatorClient> {
  for (let tries = 1; ; tries++) {
    try {
      return await OperatorClient.connect(profile);
    } catch (error) {
      if (tries === CONNECT_TRIES) throw error;
      await wait(EACH_MS);
    }
  }
}

import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { AlertState } from '../../../server/alerts/alert-records.ts';
import { serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import type { Database } from '../../../server/tables.ts';
import { type Cli, Failed } from '../../cli.ts';
import { PostgresCluster } from '../ingest/postgres-cluster.ts';
import { residentMiB } from '../process-memory.ts';
import { type BenchRow, rowOf } from '../row.ts';
import { enrolNation, villageOf } from './villages.ts';

const HALLS = 75_000;
const LOOK_MS = 50;
const TIMEOUT_MS = 600_000;

/** Two of three villages lie inside: whole tambons hardly ever do. */
const pointOf = (at: number) => ({ lat: at % 3 === 0 ? 5 : 15, lon: 100 + (at % 1_000) / 10_000 });

interface Cost {
  seconds: number;
  /** The longest in which the main thread did one thing. */
  heldUpMs: number;
  busySeconds: number;
  peakMiB: number;
}

/**
 * An alert of an agency to 50,000 villages that no wider area holds, one by one by their points: a whole server on a real database, from when the
 * alert is written down until its last order is out, and until the last all-clear of its end is. Floor: the same to the nation by its name, which
 * is one order.
 */
export async function benchAlertToEach(cli: Cli): Promise<BenchRow[]> {
  const rows = await onDatabase('sqlite', {}, cli);
  if (!PostgresCluster.canRun) return rows;
  const cluster = await PostgresCluster.found({ durable: true });
  try {
    const database = { postgres: cluster.database() };
    return [...rows, ...(await onDatabase('postgresql', { database }, cli))];
  } finally {
    await cluster.close();
  }
}

async function onDatabase(kind: string, database: object, cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  const config = configFrom(
    {
      ...{ data: 'data', ...database, broker: { kind: 'embedded', port: 0 }, http: { port: 0 } },
      log: 'error',
      alerts: {
        folder: inbox,
        senders: [{ sender: 'tmd', areas: ['th'], from: ['file'] }],
        rules: [{ sender: 'tmd', mode: 'automatic' }],
      },
    },
    folder,
  );
  const server = await serve({ config });
  try {
    const { db } = server.services;
    await enrolNation(db, HALLS);
    await db.villages.put(
      Array.from({ length: HALLS }, (_, at) => ({
        ...{ code: villageOf(at), name: `บ้าน ${at}`, nameEn: undefined, households: 120, listedAt: 0 },
        sites: [{ name: 'ศาลาประชาคม', point: pointOf(at), outputs: ['tower' as const] }],
      })),
    );
    const rows: BenchRow[] = [];
    const nation = await cycle(db, inbox, 'nation', NATION, 1);
    const each = await cycle(db, inbox, 'each', SQUARE, 2);
    for (const [part, name] of [
      ['alert', `alert to each of 50000 ${kind}`],
      ['end', `its all-clear ${kind}`],
    ] as const) {
      cli.say(`${name}: ${JSON.stringify(each[part])}, to the nation ${JSON.stringify(nation[part])}`);
      const [product, floor] = [each[part].seconds, nation[part].seconds];
      rows.push(rowOf({ ...{ name, unit: 's', product, floor }, runs: 1 }));
    }
    return rows;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const NATION = '<geocode><valueName>DOPA</valueName><value>TH</value></geocode>';
const SQUARE = '<polygon>14,99 14,101 16,101 16,99 14,99</polygon>';

/** The `count`-th alert of this server, and its end. */
async function cycle(db: Database, inbox: string, name: string, area: string, count: number) {
  const at = Date.now();
  const alert = await costOf(db, 'live', 1, () => dropped(inbox, name, alertOf(name, at, area)));
  const end = await costOf(db, 'cancelled', count, () => dropped(inbox, `${name}-over`, cancelOf(name, at)));
  return { alert, end };
}

/** Beside its place first: what is half written is not taken. */
async function dropped(inbox: string, name: string, xml: string): Promise<void> {
  await writeFile(join(inbox, `${name}.part`), xml);
  await rename(join(inbox, `${name}.part`), join(inbox, `${name}.cap`));
}

/** From when it is written down, until so many alerts are in a state. Those of other states are not read: one of them has 50,000 targets. */
async function costOf(
  db: Database,
  state: 'live' | 'cancelled',
  count: number,
  work: () => Promise<void>,
): Promise<Cost> {
  const are = async (states: AlertState[]) => (await db.alerts.list({ states, limit: 10 })).length;
  await work();
  while ((await are(['waiting', 'sending'])) === 0 && (await are([state])) < count) await wait(LOOK_MS);
  return costUntil(async () => (await are([state])) >= count);
}

async function costUntil(isDone: () => Promise<boolean>): Promise<Cost> {
  const began = performance.now();
  const busy = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  while (!(await isDone())) {
    await wait(LOOK_MS);
    if (performance.now() - began > TIMEOUT_MS) throw new Failed('it did not come to its end');
  }
  const { user, system } = process.cpuUsage(busy);
  return {
    seconds: (performance.now() - began) / 1_000,
    heldUpMs: delay.max / 1e6,
    busySeconds: (user + system) / 1e6,
    peakMiB: await residentMiB(process.pid, 'VmHWM'),
  };
}

function alertOf(name: string, at: number, area: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${headOf(name, 'Alert', at)}<info><language>th-TH</language>
<category>Met</category><event>พายุ</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>${timeOf(at + 3_600_000)}</expires><headline>พายุฤดูร้อน</headline><description>ลมแรง</description>
<area><areaDesc>ภาคเหนือ</areaDesc>${area}</area></info></alert>`;
}

function cancelOf(name: string, at: number): string {
  const references = `<references>tmd,${name},${timeOf(at)}</references>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${headOf(`${name}-over`, 'Cancel', Date.now())}${references}</alert>`;
}

function headOf(name: string, msgType: string, at: number): string {
  return `<identifier>${name}</identifier><sender>tmd</sender><sent>${timeOf(at)}</sent><status>Actual</status>
<msgType>${msgType}</msgType><scope>Public</scope>`;
}

/** CAP has whole seconds, and no "Z". */
function timeOf(epochMs: number): string {
  return new Date(epochMs + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+07:00');
}

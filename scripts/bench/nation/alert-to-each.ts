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
 * An alert of an agency to villages that no wider area holds, one by one by their points: a whole server on a real database, from the file in its
 * folder until the last order is out, and until the last all-clear of its end is.
 */
export async function benchAlertToEach(cli: Cli): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  rows.push(...(await onDatabase('sqlite', {}, cli)));
  if (!PostgresCluster.canRun) return rows;
  const cluster = await PostgresCluster.found({ durable: true });
  try {
    rows.push(...(await onDatabase('postgresql', { database: { postgres: cluster.database() } }, cli)));
  } finally {
    await cluster.close();
  }
  return rows;
}

async function onDatabase(kind: string, database: object, cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  const config = configFrom(
    {
      ...{ data: 'data', ...database, broker: { kind: 'embedded', port: 0 }, http: { port: 0 } },
      log: 'warn',
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
    const put = (name: string, xml: string) => dropped(inbox, name, xml);
    const alert = await costOf(db, 'live', () => put('alert', alertOf()));
    const orders = (await db.orders.alive(0, 1_000)).length;
    cli.say(`${kind}: ${orders} orders, ${JSON.stringify(alert)}`);
    cli.say(`${kind}: rows ${JSON.stringify(await costUntil(() => rowsWritten(db)))}`);
    const end = await costOf(db, 'cancelled', () => put('cancel', cancelOf()));
    cli.say(`${kind}: ${JSON.stringify(end)}`);
    cli.say(`${kind}: rows ${JSON.stringify(await costUntil(() => rowsWritten(db)))}`);
    return [
      rowOf({
        ...{ name: `alert to each of 50000 ${kind}`, unit: 's', product: alert.seconds, floor: 1 },
        ...{ worst: alert.heldUpMs, runs: orders },
      }),
      rowOf({
        ...{ name: `its all-clear ${kind}`, unit: 's', product: end.seconds, floor: 1 },
        ...{ worst: end.heldUpMs, runs: orders },
      }),
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Beside its place first: what is half written is not taken. */
async function dropped(inbox: string, name: string, xml: string): Promise<void> {
  await writeFile(join(inbox, `${name}.part`), xml);
  await rename(join(inbox, `${name}.part`), join(inbox, `${name}.cap`));
}

/** From when the alert is written down. Looked for by its state, so that its 50,000 targets are not read again and again. */
async function costOf(db: Database, state: 'live' | 'cancelled', work: () => Promise<void>): Promise<Cost> {
  const isIn = async (states: AlertState[]) => (await db.alerts.list({ states, limit: 1 })).length > 0;
  const began: AlertState[] = state === 'live' ? ['waiting', 'sending', 'live'] : ['waiting', 'done'];
  await work();
  while (!(await isIn(began))) await wait(LOOK_MS);
  return costUntil(() => isIn([state]));
}

async function rowsWritten(db: Database): Promise<boolean> {
  const { waiting, sent } = await db.deliveries.open();
  return waiting + sent >= 0 && (await db.orders.unpublished(Date.now())).length === 0;
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

function alertOf(): string {
  const now = Date.now();
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${headOf('storm', 'Alert', now)}<info><language>th-TH</language>
<category>Met</category><event>พายุ</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>${timeOf(now + 3_600_000)}</expires><headline>พายุฤดูร้อน</headline><description>ลมแรง</description>
<area><areaDesc>ภาคเหนือ</areaDesc><polygon>14,99 14,101 16,101 16,99 14,99</polygon></area></info></alert>`;
}

let sent = 0;
function cancelOf(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${headOf('over', 'Cancel', Date.now(), `<references>tmd,storm,${timeOf(sent)}</references>`)}</alert>`;
}

function headOf(id: string, msgType: string, at: number, references = ''): string {
  if (msgType === 'Alert') sent = at;
  return `<identifier>${id}</identifier><sender>tmd</sender><sent>${timeOf(at)}</sent><status>Actual</status>
<msgType>${msgType}</msgType><scope>Public</scope>${references}`;
}

/** CAP has whole seconds, and no "Z". */
function timeOf(epochMs: number): string {
  return new Date(epochMs + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+07:00');
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { RequestOf } from '../../firmware-protocol/mqtt/requests.ts';
import { agentPath } from '../../scripts/virtual-village/hall.ts';
import { bundles } from '../integration/bundles.ts';
import { DATABASES, DatabaseSource } from '../integration/database/databases.ts';
import { BROKERS, type BrokerKind, Town } from '../integration/server/town.ts';
import { temporaryFolder, until } from './setting.ts';

/** F14: the broker comes back and knows no session, no subscription and nothing retained. */
const DEVICE = 'hall-mae';
const VILLAGE = '43010101';
let town: Town;
let agent: ChildProcess | undefined;

beforeAll(bundles);
afterEach(async () => {
  if (agent !== undefined && agent.exitCode === null) {
    const gone = once(agent, 'exit');
    agent.kill('SIGKILL');
    await gone;
  }
  await town.close();
});

async function wake(): Promise<void> {
  const { code } = await town.ask('enrol', { device: DEVICE, village: VILLAGE, name: 'บ้านเสาเล้า' });
  const folder = await temporaryFolder();
  const config = join(folder, 'hall.json');
  const written = {
    data: join(folder, 'data'),
    server: town.server.httpUrl,
    code,
    place: 'บ้านเสาเล้า',
    tower: { player: { type: 'wav', folder: join(folder, 'sound') } },
    laws: { quiet: [] },
  };
  await writeFile(config, JSON.stringify(written));
  agent = spawn(process.execPath, [agentPath(), '--config', config], { stdio: 'ignore' });
  await until(async () => expect((await town.row(DEVICE))?.state?.outputs.tower?.works).toBe(true));
}

async function forget(kind: BrokerKind): Promise<void> {
  if (kind === 'embedded') await town.restartServer();
  else {
    await town.mosquitto?.kill();
    await town.mosquitto?.start();
  }
  await town.logOn();
}

const push = async (text: string) =>
  (await town.ask('push', { to: [VILLAGE], text, chime: 'ding', outputs: ['tower'] })).order;
const endedOnce = (order: string) =>
  until(async () => {
    const { reports } = await town.ask('reports', { device: DEVICE, play: order });
    // On a slow machine it is sent again before its answer is there, and refused as one that was seen.
    const events = reports.flatMap(({ event }) => (isSeen(event) ? [] : [event]));
    expect(events.map((event) => (event.type === 'ended' ? event.outcome : event.type))).toEqual([
      ...['accepted', 'started', 'finished'],
    ]);
  });
const isSeen = (event: ReportEvent) => event.type === 'refused' && event.reason === 'seen';
const programme = async (title: string) => {
  const announcement = { title, tower: { chime: 'ding' as const } };
  const rule = { starts: '2030-01-01T07:00:00', rule: 'FREQ=DAILY', band: 40 as const };
  const entries: RequestOf<'programme'>['entries'] = [
    { id: 'news', ...rule, outputs: ['tower'], announcement },
  ];
  return (await town.ask('programme', { area: '4301', entries })).version;
};
const hasVersion = (version: number) =>
  until(async () => expect((await town.row(DEVICE))?.state?.programmes).toEqual([{ area: '4301', version }]));

const CASES = DATABASES.flatMap((database) => BROKERS.map((broker) => [broker, database] as const));

describe.each(CASES)('a broker that forgot everything (%s, beside %s)', (kind, database) => {
  let source: DatabaseSource;
  beforeAll(async () => {
    source = await DatabaseSource.of(database);
  });
  afterAll(() => source.close());

  test('the hall subscribes anew, hears what comes, has the programme, and no report is missing', async () => {
    town = await Town.found(kind, source.named());
    await wake();
    const before = await push('ก่อนดับ');
    await endedOnce(before);
    await hasVersion(await programme('ข่าวเช้า'));

    await forget(kind);
    const after = await push('หลังดับ');
    await endedOnce(after);
    await endedOnce(before);
    await hasVersion(await programme('ข่าวเช้า ฉบับใหม่'));

    const row = await town.row(DEVICE);
    expect(row?.presence?.state).toBe('online');
    const { reports } = await town.ask('reports', { device: DEVICE, limit: 500 });
    const numbers = reports.map(({ n }) => n).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_n, at) => at + 1));
  });
});

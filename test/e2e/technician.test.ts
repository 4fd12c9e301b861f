import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentPath, bundlePath } from '../../scripts/virtual-village/hall.ts';
import { bundles } from '../integration/bundles.ts';
import { Town } from '../integration/server/town.ts';
import { temporaryFolder, until } from './setting.ts';

/** `scripts/diagnose` beside a real agent, a real Mosquitto with the server's rules, and without one or the other. */
const run = promisify(execFile);
const DEVICE = 'hall-check';
const VILLAGE = '43010101';
let town: Town;
let config: string;
let agent: ChildProcess;

beforeAll(async () => {
  await bundles();
  town = await Town.found('external');
  const { code } = await town.ask('enrol', { device: DEVICE, village: VILLAGE, name: 'บ้านเสาเล้า' });
  const folder = await temporaryFolder();
  config = join(folder, 'hall.json');
  const tower = { player: { type: 'wav', folder: join(folder, 'sound') } };
  const written = {
    data: join(folder, 'data'),
    server: town.server.httpUrl,
    code,
    place: 'บ้านเสาเล้า',
    tower,
    laws: { quiet: [] },
  };
  await writeFile(config, JSON.stringify(written));
  switchOn();
});
afterAll(async () => {
  await killed();
  await town.close();
});

function switchOn(): void {
  agent = spawn(process.execPath, [agentPath(), '--config', config], { stdio: 'ignore' });
}

async function killed(): Promise<void> {
  if (agent.exitCode !== null || agent.signalCode !== null) return;
  const gone = once(agent, 'exit');
  agent.kill('SIGKILL');
  await gone;
}

interface Found {
  step: string;
  result: string;
}

/** Step by step: `{agent: 'ok', port: 'fail', …}`. */
async function checked(...args: string[]): Promise<Record<string, string>> {
  const command = [
    '--enable-source-maps',
    bundlePath('prakat'),
    'diagnose',
    '--config',
    config,
    '--json',
    ...args,
  ];
  // Code 1 = something failed; the document is there all the same.
  const { stdout } = await run(process.execPath, command).catch((ended: { stdout: string }) => ended);
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  return Object.fromEntries(findings.map(({ step, result }) => [step, result]));
}

const WHOLE_LINE = { port: 'ok', tls: 'ok', logon: 'ok', subscribe: 'ok', 'round-trip': 'ok', files: 'ok' };

test('a hall that works', async () => {
  await until(async () =>
    expect(await checked('--only', 'agent,clock,link')).toMatchObject({
      ...WHOLE_LINE,
      agent: 'ok',
      clock: 'ok',
    }),
  );
  expect(await checked('--only', 'sound,amplifier')).toMatchObject({
    'sound-card': 'ok',
    'sound-quiet': 'not-known',
  });
  // The check did not throw it off the line, and what sounded is on the record of the province.
  expect((await town.row(DEVICE))?.presence?.state).toBe('online');
  await until(async () => {
    const { reports } = await town.ask('reports', { device: DEVICE });
    const tests = reports.flatMap(({ event }) => (event.type === 'ended' ? [event] : []));
    expect(tests.map(({ play, outcome }) => `${play.slice(0, 11)} ${outcome}`)).toEqual([
      'local/test/ finished',
      'local/test/ finished',
    ]);
    expect(tests[0]?.tower?.peak_cdbfs).toBeLessThan(-4_000);
  });
});

test('the agent is killed: the check logs on itself, and an order that waited is still for the agent', async () => {
  await killed();
  await until(async () => expect((await town.row(DEVICE))?.presence?.state).toBe('offline'));
  const { order } = await town.ask('push', { to: [VILLAGE], text: 'ประชุมเย็นนี้', chime: 'ding' });
  expect(await checked('--only', 'agent,link,sound')).toMatchObject({
    ...{ ...WHOLE_LINE, agent: 'fail', warnings: 'skipped', 'sound-card': 'ok' },
  });
  switchOn();
  await until(async () => {
    const { deliveries } = await town.ask('order', { order });
    expect(deliveries.map(({ state, outcomes }) => [state, outcomes.tower?.outcome])).toEqual([
      ['ended', 'finished'],
    ]);
  });
});

test('the power goes in the middle of a test: it is told once, and not done again', async () => {
  await until(async () => expect((await town.row(DEVICE))?.presence?.state).toBe('online'));
  const onAir = async () => (await town.row(DEVICE))?.state?.outputs.tower?.play ?? '';
  const ask = ['device', 'ask', 'amplifier-test', '--config', config];
  const asked = run(process.execPath, [bundlePath('prakat'), ...ask]).catch(() => {});
  await until(async () => expect(await onAir()).toMatch(/^local\/test\//));
  const play = await onAir();
  await killed();
  await asked;
  switchOn();
  await until(async () => {
    const { reports } = await town.ask('reports', { device: DEVICE, play });
    expect(
      reports.map(({ event }) => (event.type === 'ended' ? `${event.outcome} ${event.reason}` : event.type)),
    ).toEqual(['accepted', 'started', 'interrupted power-lost']);
  });
});

test('the broker is gone, then the server: the step that is broken says so, and the box is good', async () => {
  await until(async () => expect(await checked('--only', 'agent')).toMatchObject({ agent: 'ok' }));
  await town.mosquitto?.kill();
  await until(async () =>
    expect(await checked('--only', 'agent,link')).toMatchObject({
      ...{ agent: 'ok', port: 'fail', tls: 'skipped', logon: 'skipped', files: 'ok' },
    }),
  );
  await town.mosquitto?.start();
  await town.server.stop();
  await until(async () =>
    expect(await checked('--only', 'link')).toMatchObject({
      ...{ port: 'ok', logon: 'ok', 'round-trip': 'fail', files: 'fail' },
    }),
  );
});

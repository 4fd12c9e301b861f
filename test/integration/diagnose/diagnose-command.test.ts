import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { PATIENCE, Stage } from '../agent/stage.ts';
import { Prakat } from '../cli/prakat.ts';

/** `prakat diagnose` as a process without a terminal, beside a running agent and without one. */
let prakat: Prakat;
beforeAll(async () => {
  prakat = await Prakat.built();
}, 60_000);

async function configOf(stage: Stage, more: object = {}): Promise<string> {
  const path = join(stage.folder, 'hall.json');
  await writeFile(path, JSON.stringify({ ...stage.written(), place: 'บ้านเสาเล้า', ...more }));
  return path;
}

interface Found {
  step: string;
  result: string;
}
const results = (document: { findings: Found[] }) =>
  Object.fromEntries(document.findings.map(({ step, result }) => [step, result]));

test('beside the running agent: it is asked, it sounds as a reported play, and it goes on', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const out = join(stage.folder, 'out');
  const args = ['diagnose', '--config', await configOf(stage), '--json', '--lang', 'th', '--out', out];
  const ended = await prakat.run(args);
  expect(ended.err).toContain('บ้านเสาเล้า');
  const document = JSON.parse(ended.out);
  expect(document).toMatchObject({ format: 1, agent: 'running', device: 'hall-1', place: 'บ้านเสาเล้า' });
  expect(results(document)).toMatchObject({
    ...{
      agent: 'ok',
      warnings: 'ok',
      programme: 'ok',
      boots: 'ok',
      clock: 'ok',
      'disk-room': 'ok',
      'disk-write': 'ok',
    },
    ...{ name: 'ok', route: 'ok', port: 'ok', tls: 'ok', logon: 'ok', subscribe: 'ok', 'round-trip': 'ok' },
    // Nobody is there to hear it, so nobody says that it was heard; and nothing is loud that nobody asked for.
    ...{ reports: 'ok', 'sound-card': 'ok', 'sound-quiet': 'not-known', 'sound-full': 'skipped' },
    ...{ inputs: 'skipped', sign: 'skipped' },
  });
  expect(ended.code).toBe(0);
  expect((await readdir(out)).map((name) => name.replace(/^.*?\./, '')).sort()).toEqual([
    'png',
    'tar.gz',
    'txt',
  ]);
  await vi.waitFor(() => {
    const plays = stage.server
      .events('hall-1')
      .flatMap((event) => (event.type === 'ended' ? [`${event.play.slice(0, 11)} ${event.outcome}`] : []));
    expect(plays).toEqual(['local/test/ finished', 'local/test/ finished']);
  }, PATIENCE);
  expect(agent.state()?.outputs.tower?.works).toBe(true);
}, 60_000);

test('without an agent: it logs on and opens the hardware itself, and says so by its exit code', async () => {
  const stage = await Stage.open();
  const { stop } = await stage.hall();
  await stop();
  const ended = await prakat.run(['diagnose', '--config', await configOf(stage), '--json']);
  expect(ended.code).toBe(1);
  const document = JSON.parse(ended.out);
  expect(document).toMatchObject({ agent: 'away', worst: 'fail', error: { code: 'faults-found' } });
  expect(results(document)).toMatchObject({
    ...{ agent: 'fail', logon: 'ok', subscribe: 'ok', 'round-trip': 'ok', 'sound-card': 'ok' },
    ...{ amplifier: 'not-known', reports: 'skipped', clock: 'not-known' },
  });
  expect(document.files).toBeUndefined();
}, 60_000);

test('the network is gone: the box is told good, the line is not, and only that', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  await stage.brokerGone();
  await vi.waitFor(async () => expect((await agent.local()?.link())?.connected).toBe(false), PATIENCE);
  const args = ['diagnose', '--config', await configOf(stage), '--json', '--only', 'agent,link,sound'];
  const document = JSON.parse((await prakat.run(args)).out);
  expect(results(document)).toMatchObject({
    agent: 'ok',
    port: 'fail',
    logon: 'skipped',
    'sound-card': 'ok',
  });
}, 60_000);

test('a sound card that is not there', async () => {
  const stage = await Stage.open();
  const tower = { player: { type: 'alsa', device: 'prakat-no-such-card' } };
  await stage.hall({ tower });
  const args = ['diagnose', '--config', await configOf(stage, { tower }), '--json', '--only', 'sound'];
  const ended = await prakat.run(args);
  const document = JSON.parse(ended.out);
  expect(results(document)).toEqual({
    ...{ 'sound-card': 'fail', 'sound-quiet': 'skipped', 'sound-full': 'skipped' },
  });
  expect(document.findings[0].remedy.th).toContain('aplay -l');
  expect(ended.code).toBe(1);
}, 60_000);

test('wrong usage is 2, a configuration with faults names them, a box that was never enrolled is told', async () => {
  expect((await prakat.run(['diagnose', '--only', 'link,rocket'])).code).toBe(2);
  const nowhere = await prakat.run(['diagnose', '--config', '/nonexistent/hall.json', '--lang', 'th']);
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('ไม่มีไฟล์ /nonexistent/hall.json') });
  const stage = await Stage.open();
  const misspelt = await prakat.run(['diagnose', '--config', await configOf(stage, { towr: {} })]);
  expect(misspelt).toMatchObject({ code: 1, err: expect.stringContaining('towr') });
  const args = ['diagnose', '--config', await configOf(stage), '--json', '--only', 'agent,link'];
  const document = JSON.parse((await prakat.run(args)).out);
  expect(results(document)).toMatchObject({ agent: 'fail', name: 'skipped', files: 'skipped' });
}, 60_000);

test('one verb of the running agent, by hand', async () => {
  const stage = await Stage.open();
  await stage.hall();
  const config = await configOf(stage);
  const ask = (...words: string[]) => prakat.run(['device', 'ask', ...words, '--config', config, '--json']);
  expect(JSON.parse((await ask('link')).out)).toMatchObject({ reports_waiting: expect.any(Number) });
  expect(JSON.parse((await ask('next', '{"hours": 48}')).out)).toMatchObject({ plan: [] });
  expect((await ask('next', '{"hours": 0}')).code).toBe(2);
  expect((await ask('reboot')).code).toBe(2);
  expect((await prakat.run(['device'])).code).toBe(2);
}, 60_000);

test('where the result cannot be written it goes to the temporary folder, and says so', async () => {
  const stage = await Stage.open();
  await stage.hall();
  const config = await configOf(stage);
  const spare = join(stage.folder, 'spare');
  await mkdir(spare);
  // A file where a folder is wanted.
  const args = ['diagnose', '--config', config, '--json', '--only', 'disk', '--out', config];
  const ended = await prakat.run(args, { env: { TMPDIR: spare } });
  expect(ended.err).toContain('cannot write into');
  expect(JSON.parse(ended.out).files.text.startsWith(spare)).toBe(true);
  expect(await readdir(spare)).toHaveLength(3);
}, 60_000);

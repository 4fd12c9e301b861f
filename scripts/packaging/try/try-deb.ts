import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BootedRoot } from './booted-root.ts';
import { buildAs, spoil } from './builds.ts';
import { FreshRoot, type Service } from './fresh-root.ts';
import { Province } from './province.ts';

/**
 * `scripts/packaging/try-deb [--cache FOLDER] [--builds FOLDER]`: the package in a fresh Debian 13, against a real server on this machine.
 * First without systemd, the unit's command run by hand as the unit's user; at the end in a root that is booted with it.
 */
const { values } = parseArgs({
  options: {
    cache: { type: 'string', default: join(tmpdir(), 'prakat-roots') },
    /** Where the two versions are built; those that are there already are taken. */
    builds: { type: 'string' },
  },
});
const repository = resolve('.');
const scratch = mkdtempSync(join(tmpdir(), 'prakat-try-deb-'));

const DEVICE = 'hall-sao-lao';
const Devices = z.object({
  devices: z.array(
    z.object({
      device: z.string(),
      presence: z.object({ state: z.string() }).nullable(),
      state: z.object({ version: z.string() }).loose().nullable(),
    }),
  ),
});
const Pushed = z.object({
  deliveries: z.array(z.object({ outcomes: z.object({ tower: z.object({ outcome: z.string() }) }) })),
});

let passed = 0;
async function step(name: string, work: () => Promise<void> | void): Promise<void> {
  const began = performance.now();
  await work();
  passed += 1;
  process.stdout.write(`ok ${passed} ${name} (${((performance.now() - began) / 1_000).toFixed(1)} s)\n`);
}

/** Looks again until it holds; the last reason where it never does. */
async function within(seconds: number, what: () => void): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    try {
      what();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(1_000);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function good({ code, out, err }: { code: number | null; out: string; err: string }): string {
  assert.equal(code, 0, `${out}\n${err}`);
  return out;
}

const province = new Province(join(scratch, 'province'), { mqtt: await freePort(), http: await freePort() });
const services: Service[] = [];
/** Of alsa-utils. */
const SPEECH = '/usr/share/sounds/alsa/Front_Center.wav';
/** After a start, until memory is at rest. */
const REST_MS = 20_000;
const SETUP = ['--yes', '--sound', 'null', '--board', 'none', '--json'];

function versionRunning(): string {
  const { devices } = province.ask(Devices, ['watch', '--once']);
  const hall = devices.find(({ device }) => device === DEVICE);
  assert.equal(hall?.presence?.state, 'online');
  return hall?.state?.version ?? '';
}

function announces(text: string, sound?: string): void {
  const audio = sound === undefined ? [] : ['--audio', sound];
  const said = ['push', '--to', `device/${DEVICE}`, '--text', text, '--chime', 'ding', ...audio];
  const { deliveries } = province.ask(Pushed, said);
  assert.deepEqual(
    deliveries.map(({ outcomes }) => outcomes.tower.outcome),
    ['finished'],
  );
}

function ticket(): string {
  const hall = [DEVICE, '--village', '43010101', '--name', 'หอกระจายข่าว บ้านเสาเล้า'];
  return province.ask(z.object({ ticket: z.string() }), ['enrol', ...hall]).ticket;
}

function publish(builds: string, key: string): void {
  const document = join(builds, 'release.json');
  const terms = ['--area', 'th', '--by', 'ทดสอบ', '--spread', '0', '--least', '0.0.1'];
  province.ask(z.unknown(), [
    'release',
    'sign',
    '--key',
    key,
    '--builds',
    builds,
    '--out',
    document,
    ...terms,
  ]);
  province.here(['release', 'publish', document, '--builds', builds]);
}

/** This is tried at any hour: a hall has its night, as the package sets it up. */
function keepAwake(box: FreshRoot): void {
  const path = box.path('etc/prakat/hall.json');
  const written = z.looseObject({}).parse(JSON.parse(readFileSync(path, 'utf8')));
  writeFileSync(path, JSON.stringify({ ...written, laws: { quiet: [] } }));
}

/** MiB, one digit: of a process in the root. */
function residentIn(box: BootedRoot, pid: string): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(good(box.run('cat', `/proc/${pid}/status`))) ?? [];
  return Math.round(Number(kib) / 102.4) / 10;
}

/** What only systemd can show: the unit with all its locks on, the watchdog, the restart. */
async function onSystemd(deb: string): Promise<void> {
  const fresh = await FreshRoot.make(values.cache, 'box-3');
  await fresh.bring(deb, 'root/prakat.deb');
  const box = await BootedRoot.boot(fresh.folder);
  try {
    await step('under systemd: setup starts the unit, which announces behind all its locks', async () => {
      good(box.run('dpkg', '-i', '/root/prakat.deb'));
      keepAwake(fresh);
      good(box.run('prakat', 'device', 'setup', '--code', ticket(), ...SETUP));
      assert.equal(box.property('ActiveState'), 'active');
      assert.equal(box.property('Result'), 'success');
      await within(60, () => assert.equal(versionRunning(), '0.9.0'));
      announces('หอพร้อมแล้ว', SPEECH);
    });
    await step('the compiled code of a start is kept for the next', async () => {
      const kept = () => good(box.run('stat', '-c', '%a %U', '/var/cache/prakat/code'));
      await within(60, () => assert.match(kept(), /^600 prakat/));
    });
    await step('idle, it needs at most twice the memory of a Node that does nothing', async () => {
      await sleep(REST_MS);
      const agent = residentIn(box, box.property('MainPID'));
      good(box.run('systemd-run', '--unit=empty', '/usr/bin/node', '-e', 'setInterval(() => {}, 1e6)'));
      await sleep(REST_MS);
      const empty = residentIn(box, box.property('MainPID', 'empty.service'));
      process.stdout.write(`   ${agent} MiB beside ${empty}: ${(agent / empty).toFixed(2)}\n`);
      assert.ok(agent < 2 * empty);
    });
    await step(
      'killed, it is started again; stuck, the watchdog ends it within two minutes (F40)',
      async () => {
        const first = box.property('MainPID');
        good(box.run('kill', '-KILL', first));
        await within(30, () => assert.equal(box.property('NRestarts'), '1'));
        await within(30, () => assert.equal(versionRunning(), '0.9.0'));
        good(box.run('kill', '-STOP', box.property('MainPID')));
        await within(120, () => assert.equal(box.property('NRestarts'), '2'));
        await within(60, () => assert.equal(box.property('ActiveState'), 'active'));
        announces('หอกลับมาแล้ว');
      },
    );
    await step('an upgrade keeps the hall, and starts the service again', () => {
      good(box.run('dpkg', '-i', '/root/prakat.deb'));
      assert.equal(box.property('ActiveState'), 'active');
    });
  } finally {
    await box.stop();
  }
}

try {
  const builds = new Map<string, string>();
  for (const version of ['0.9.0', '0.9.1'])
    await step(`version ${version} is built for amd64`, () => {
      builds.set(version, buildAs(version, repository, resolve(values.builds ?? scratch)));
    });
  const deb = join(builds.get('0.9.0') ?? '', 'prakat_0.9.0_amd64.deb');
  const root = await FreshRoot.make(values.cache, 'box-1');
  await root.bring(deb, 'root/prakat.deb');

  await step('the package installs in a fresh Debian 13, twice', () => {
    good(root.run('dpkg', '-i', '/root/prakat.deb'));
    good(root.run('dpkg', '-i', '/root/prakat.deb'));
    assert.match(good(root.run('id', 'prakat')), /audio.*|dialout/);
    assert.match(good(root.run('stat', '-c', '%a %U', '/var/lib/prakat')), /^700 prakat/);
    assert.equal(good(root.run('dpkg', '--verify', 'prakat')), '');
  });

  await step('the server starts; its key set trusts the key of releases', async () => {
    await province.start();
    await province.stop();
    province.ask(z.unknown(), ['release', 'key', join(scratch, 'release-key'), '--id', 'release-1']);
    province.here(['release', 'trust', join(scratch, 'release-key.pub')]);
    await province.start();
  });

  await step('prakat device setup: from a code to an enrolled, tested hall', () => {
    keepAwake(root);
    const said = root.run('prakat', 'device', 'setup', '--code', ticket(), '--place', 'บ้านเสาเล้า', ...SETUP);
    const { identity, checks } = z
      .object({ identity: z.object({ device: z.string() }), checks: z.object({ worst: z.string() }) })
      .parse(JSON.parse(good(said)));
    assert.equal(identity.device, DEVICE);
    assert.notEqual(checks.worst, 'fail');
    assert.match(good(root.run('stat', '-c', '%a %U', '/var/lib/prakat/identity.json')), /^600 prakat/);
  });

  services.push(root.service({}));
  await step('the command of the unit, as its user: online, and an announcement is played', async () => {
    await within(60, () => assert.equal(versionRunning(), '0.9.0'));
    announces('ประชุมหมู่บ้านประจำเดือน');
  });

  const slots = () => readFileSync(root.path('var/lib/prakat/slots/state'), 'utf8');
  await step('a signed release is fetched, tried out, proved and kept', async () => {
    publish(builds.get('0.9.1') ?? '', join(scratch, 'release-key'));
    await within(420, () => assert.equal(versionRunning(), '0.9.1'));
    await within(240, () => assert.match(slots(), /^current=a$/m));
    announces('ทดสอบหลังปรับรุ่น');
    assert.equal(services[0]?.starts, 2);
  });

  await step('a version that ends at once is given back, and the hall announces on (F42)', async () => {
    publish(spoil(builds.get('0.9.1') ?? '', '0.9.2', scratch), join(scratch, 'release-key'));
    await within(420, () => assert.ok(services[0]?.said.includes('starts-used-up')));
    await within(60, () => assert.equal(versionRunning(), '0.9.1'));
    announces('ทดสอบหลังรุ่นเสีย');
  });

  const other = await FreshRoot.make(values.cache, 'box-2');
  await step('the box is replaced: backup, a new box, a new key; the old one is refused', async () => {
    good(root.run('prakat', 'device', 'backup', '--out', '/root/hall.json', '--json'));
    await other.bring(deb, 'root/prakat.deb');
    await other.bring(root.path('root/hall.json'), 'root/hall.json');
    good(other.run('dpkg', '-i', '/root/prakat.deb'));
    good(other.run('prakat', 'device', 'restore', '/root/hall.json', '--code', ticket(), ...SETUP));
    await within(60, () => assert.ok(services[0]?.said.includes('bus-refused')));
    await services[0]?.stop();
    services.push(other.service({}));
    await within(60, () => assert.ok(versionRunning().startsWith('0.9.')));
    announces('กล่องใหม่พร้อมแล้ว');
  });

  await step('removing keeps the data, purging takes it', async () => {
    await services[1]?.stop();
    good(other.run('dpkg', '--remove', 'prakat'));
    assert.ok(existsSync(other.path('var/lib/prakat/identity.json')));
    assert.ok(!existsSync(other.path('usr/lib/prakat/launch')));
    good(other.run('dpkg', '--purge', 'prakat'));
    assert.ok(!existsSync(other.path('var/lib/prakat')) && !existsSync(other.path('etc/prakat')));
    assert.notEqual(other.run('id', 'prakat').code, 0);
  });
  await onSystemd(deb);
  process.stdout.write(`${passed} passed, 0 failed\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.stderr.write(`${services.map(({ said }) => said.slice(-4_000)).join('\n')}\n`);
  process.stdout.write(`${passed} passed, 1 failed\n`);
  process.exitCode = 1;
} finally {
  await Promise.all(services.map((service) => service.stop()));
  await province.stop();
  rmSync(scratch, { recursive: true, force: true });
  for (const box of ['box-1', 'box-2', 'box-3'])
    rmSync(join(values.cache, box), { recursive: true, force: true });
}

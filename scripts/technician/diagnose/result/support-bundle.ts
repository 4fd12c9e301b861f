import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, networkInterfaces, release, totalmem, uptime } from 'node:os';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { publicIdentity } from '../../../../device/identity.ts';
import { serialPorts } from '../../serial-ports.ts';
import { SERVICE_FACTS } from '../service-state.ts';
import type { Visit } from '../visit.ts';
import type { Redaction } from './redaction.ts';
import type { VisitResult } from './result.ts';
import { type TarFile, tarOf } from './tar.ts';

const run = promisify(execFile);
const pack = promisify(gzip);

const LIMITS = {
  logLines: 500,
  kernelLines: 200,
  reports: 100,
  /** A program that does not answer is left out. */
  program_ms: 5_000,
  programBytes: 2 * 1_024 * 1_024,
} as const;

/** What a maintainer asks for first, as a .tar.gz without secrets. Whatever cannot be had is left out and named. */
export async function supportBundle(
  visit: Visit,
  result: VisitResult,
  text: string,
  redaction: Redaction,
): Promise<Buffer> {
  const { config, identity } = visit;
  const missing: string[] = [];
  const files: TarFile[] = [];
  const add = async (name: string, make: () => Promise<string | object>) => {
    try {
      const made = await make();
      const clean = typeof made === 'string' ? redaction.text(made) : redaction.json(made);
      files.push({ name: `prakat/${name}`, content: Buffer.from(clean) });
    } catch (error) {
      missing.push(`${name}: ${redaction.text(error instanceof Error ? error.message : String(error))}`);
    }
  };
  await add('result.txt', async () => text);
  await add('result.json', async () => result);
  await add('config.json', async () => config);
  await add('identity.json', async () => (identity === undefined ? {} : publicIdentity(identity)));
  await add('checks.json', () => visit.checks());
  for (const [name, make] of Object.entries(fromAgent(visit))) await add(name, make);
  for (const [name, make] of Object.entries(FROM_BOX)) await add(name, make);
  files.push({ name: 'prakat/missing.txt', content: Buffer.from(`${missing.join('\n')}\n`) });
  return await pack(tarOf(files, Date.now() / 1_000));
}

function fromAgent({ agent, running }: Visit): Record<string, () => Promise<string | object>> {
  if (running === undefined)
    return {
      'journal.txt': () =>
        output('journalctl', '-u', 'prakat', '-n', String(LIMITS.logLines), '--no-pager', '-o', 'short-iso'),
    };
  return {
    'state.json': () => agent.ask('state', {}),
    'health.json': () => agent.ask('health', {}),
    'link.json': () => agent.ask('link', {}),
    'next-24-hours.json': () => agent.ask('next', { hours: 24 }),
    'reports.json': () => agent.ask('reports', { limit: LIMITS.reports }),
    'log.ndjson': async () =>
      `${(await agent.ask('log-tail', { lines: LIMITS.logLines })).lines.join('\n')}\n`,
  };
}

const FROM_BOX: Record<string, () => Promise<string | object>> = {
  'versions.json': async () => ({
    ...{ node: process.version, kernel: release(), arch: arch(), uptime_s: Math.round(uptime()) },
    ...{ processors: cpus().length, processor: cpus()[0]?.model, memory_bytes: totalmem() },
    os: await readFile('/etc/os-release', 'utf8').catch(() => ''),
    model: (await readFile('/proc/device-tree/model', 'utf8').catch(() => '')).replaceAll('\0', ''),
  }),
  'network.json': async () =>
    Object.entries(networkInterfaces()).map(([name, each]) => ({
      name,
      addresses: (each ?? []).map(({ cidr, mac }) => ({ cidr, mac })),
    })),
  'sound-cards.txt': () => readFile('/proc/asound/cards', 'utf8'),
  'sound-devices.txt': async () => `${await output('aplay', '-l')}\n${await output('arecord', '-l')}`,
  'serial-ports.json': () => serialPorts(),
  'time.txt': () => output('timedatectl', 'status'),
  'service.txt': () =>
    output(
      'systemctl',
      'show',
      'prakat',
      '-p',
      [...SERVICE_FACTS, 'ExecMainStatus', 'ActiveEnterTimestamp'].join(','),
    ),
  'mounts.txt': () => readFile('/proc/mounts', 'utf8'),
  'kernel.txt': async () => (await output('dmesg')).split('\n').slice(-LIMITS.kernelLines).join('\n'),
};

async function output(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = await run(program, args, {
    timeout: LIMITS.program_ms,
    maxBuffer: LIMITS.programBytes,
    env,
  });
  return stdout;
}

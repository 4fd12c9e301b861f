import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SPEECH_WAV } from '../sound/speech.ts';
import { DEVICE, PATIENCE, Stage, said, VILLAGE } from './stage.ts';

const PROGRAM = 'dist/test/agent/device.mjs';

beforeAll(async () => {
  await build({
    entryPoints: { device: 'device/program.ts' },
    outdir: 'dist/test/agent',
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' },
    external: ['libsql', 'serialport', '@ffmpeg-installer/ffmpeg'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
});

interface Ran {
  child: ChildProcess;
  /** Exit code or signal. */
  ended: Promise<number | string>;
  stderr: () => string;
}

function run(...args: string[]): Ran {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'exit').then(
    ([code, signal]: (number | string | null)[]) => code ?? signal ?? '',
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, stderr: () => said };
}

async function configOf(stage: Stage, more: object = {}): Promise<string> {
  const { code: _code, server: _server, ...config } = stage.written();
  const path = join(stage.folder, 'device.json');
  await writeFile(path, JSON.stringify({ ...config, ...more }));
  return path;
}

function boots(stage: Stage): boolean[] {
  return stage.server.events(DEVICE).flatMap((event) => (event.type === 'booted' ? [event.clean] : []));
}

describe('the program of a hall', () => {
  test('says what is wrong with its start, and by its exit code', async () => {
    const stage = await Stage.open();
    const nothing = run();
    expect(await nothing.ended).toBe(2);
    const misspelt = run('--config', await configOf(stage, { towr: {} }));
    expect(await misspelt.ended).toBe(1);
    expect(misspelt.stderr()).toContain('towr');
    const stranger = run('--config', await configOf(stage));
    expect(await stranger.ended).toBe(1);
    expect(stranger.stderr()).toContain('not enrolled yet');
  });

  test('enrols at its first start; SIGTERM is a clean end, kill -9 in a play is an interruption, told once', async () => {
    const stage = await Stage.open();
    const config = await configOf(stage);
    const first = run('--config', config, '--enrol', stage.code, '--server', stage.url);
    await vi.waitFor(() => expect(boots(stage)).toEqual([true]), PATIENCE);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = run('--config', config);
    await vi.waitFor(() => expect(boots(stage)).toEqual([true, true]), PATIENCE);
    const media = await stage.media(SPEECH_WAV);
    const announcement = said(media);
    const order = stage.server.push(
      {
        ...{ kind: 'announce', band: 60, outputs: ['tower'] },
        announcement: { ...announcement, tower: { ...announcement.tower, times: 10 } },
      },
      VILLAGE,
    );
    await vi.waitFor(
      () => expect(stage.server.events(DEVICE).some((event) => event.type === 'started')).toBe(true),
      PATIENCE,
    );
    second.child.kill('SIGKILL');
    expect(await second.ended).toBe('SIGKILL');

    run('--config', config);
    await vi.waitFor(() => expect(boots(stage)).toEqual([true, true, false]), PATIENCE);
    await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['tower interrupted power-lost']), PATIENCE);
    expect(stage.server.complaints).toEqual([]);
  });
});

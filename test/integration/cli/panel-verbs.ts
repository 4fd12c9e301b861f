import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';
import { register } from '../../../scripts/commands/panel/panel.ts';
import { type FarDevice, type Plug, type PlugOptions, plugIn } from '../../../scripts/virtual-board/plug.ts';

/** What a verb did, as its caller sees it. */
export interface Did {
  code: number;
  out: string;
  err: string;
}

/** `prakat panel …` in this process. */
export async function panel(...words: string[]): Promise<Did> {
  const did = { code: 0, out: '', err: '' };
  const keep = (stream: 'out' | 'err') => (text: unknown) => {
    did[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ];
  try {
    did.code = await run(['panel', ...words], [register]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return did;
}

/** The one document that it printed. */
export async function panelJson(...words: string[]) {
  const { code, out, err } = await panel(...words, '--json');
  return { code, document: JSON.parse(out), err };
}

/** The device on a pty, or TCP where there is no socat; gone when the test is. */
export async function plugged(device: FarDevice, options: PlugOptions = {}): Promise<Plug> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-panel-'));
  const plug = await plugIn(device, folder, options);
  onTestFinished(async () => {
    await plug.unplug();
    await rm(folder, { recursive: true, force: true });
  });
  return plug;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { register } from '../../../scripts/commands/panel/panel.ts';
import { type FarDevice, type Plug, type PlugOptions, plugIn } from '../../../scripts/virtual-board/plug.ts';
import { type Did, verbHere } from './verb-here.ts';

/** `prakat panel …` in this process. */
export const panel = (...words: string[]): Promise<Did> => verbHere(['panel', ...words], register);

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

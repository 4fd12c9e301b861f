import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { bundleSwitchingChild } from '../child-bundle.ts';

/** A process of its own in which the amplifier of this configuration is on; gone when the test is. */
export async function childThatSwitchesOn(amplifier: object): Promise<ChildProcess> {
  const path = await bundleSwitchingChild(
    `amplifier-${amplifier && 'type' in amplifier ? amplifier.type : ''}`,
  );
  const child = spawn(process.execPath, [path, JSON.stringify(amplifier)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error('the child did not switch on');
  return child;
}

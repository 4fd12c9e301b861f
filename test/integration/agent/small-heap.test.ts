import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundleChild } from '../child-bundle.ts';

const MIB = 1_048_576;

it('a hall at rest has 2 MiB of room for young objects, where V8 would take more', async () => {
  const child = await bundleChild('small-heap', 'test/integration/agent/growing-child.ts', []);
  const room = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [child, ...args]);
    return Number.parseInt(stdout, 10) / MIB;
  };
  expect(await room()).toBeGreaterThan(2);
  expect(await room('small')).toBeLessThanOrEqual(2);
});

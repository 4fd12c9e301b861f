import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runWithKeptCode } from '../../../device/drivers/kept-code.ts';

/** The agent's program with the code that V8 made of it at an earlier start: whatever lies there, the program that runs is the one on the disk. */

let folder: string;
let path: string;
const kept = () => join(folder, 'code');
const said: unknown[] = [];
const run = (where: string | undefined = folder) => runWithKeptCode({ path, folder: where, keepAfterMs: 0 });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-code-'));
  path = join(folder, 'agent.cjs');
  said.length = 0;
  vi.stubGlobal('say', (word: unknown) => said.push(word));
  await program('fire');
});
afterEach(async () => {
  vi.unstubAllGlobals();
  // Code may still be on its way to the disk.
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Wrapped as the build wraps it; the word is inside a function, whose code V8 keeps too. */
async function program(word: string): Promise<void> {
  const body = `const speak = () => say('${word}'); speak();`;
  await writeFile(path, `(function (exports, require, module, __filename, __dirname) { ${body} })`);
}

async function keptOnce(): Promise<void> {
  expect(run()).toBe('compiled');
  await vi.waitFor(() => expect(existsSync(kept())).toBe(true));
}

it('is compiled at the first start and not at the second', async () => {
  await keptOnce();
  expect(run()).toBe('kept');
  expect(said).toEqual(['fire', 'fire']);
});

it('is compiled anew when the program changed, also to one of the same length', async () => {
  await keptOnce();
  await program('rain');
  const before = await readFile(kept());
  expect(run()).toBe('compiled');
  expect(said).toEqual(['fire', 'rain']);
  await vi.waitFor(async () => expect(await readFile(kept())).not.toEqual(before));
  expect(run()).toBe('kept');
});

it.each([
  ['torn in the middle', (code: Buffer) => code.subarray(0, code.length / 2)],
  [
    'with a bit turned over',
    (code: Buffer) => code.map((byte, at) => (at === code.length - 40 ? byte ^ 1 : byte)),
  ],
  ['empty', () => Buffer.alloc(0)],
])('is compiled anew when what was kept is %s', async (_what, damage) => {
  await keptOnce();
  await writeFile(kept(), damage(await readFile(kept())));
  expect(run()).toBe('compiled');
  expect(said).toEqual(['fire', 'fire']);
});

it('is compiled anew when V8 does not take what was kept, as after an update of Node', async () => {
  const code = Buffer.from('of another V8, whose sum is right');
  const source = await readFile(path);
  const sum = createHash('sha256').update(source).update(code).digest();
  await writeFile(kept(), Buffer.concat([sum, code]));
  expect(run()).toBe('compiled');
  await vi.waitFor(async () => expect((await readFile(kept())).length).toBeGreaterThan(200));
  expect(run()).toBe('kept');
});

it('runs where nothing can be kept, and where nothing shall be', () => {
  expect(run(join(folder, 'not-there'))).toBe('compiled');
  expect(runWithKeptCode({ path, folder: undefined })).toBe('compiled');
  expect(said).toEqual(['fire', 'fire']);
});

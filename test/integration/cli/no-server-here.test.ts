import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Prakat } from './prakat.ts';

let prakat: Prakat;
let empty: string;
beforeAll(async () => {
  prakat = await Prakat.built();
});
beforeEach(async () => {
  empty = await mkdtemp(join(tmpdir(), 'prakat-empty-'));
});
afterEach(() => rm(empty, { recursive: true, force: true }));

it.each(['server operator list', 'server backup backup.gz', 'keys rotate'])(
  '%s makes no new, empty server where none has run',
  async (verb) => {
    const { code, out } = await prakat.run([...verb.split(' '), '--json'], { cwd: empty });
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe('no-server');
    expect(await readdir(empty)).toEqual([]);
  },
);

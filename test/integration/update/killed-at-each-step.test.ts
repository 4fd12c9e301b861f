import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundleChild } from '../child-bundle.ts';
import { LaunchStage } from './launch-stage.ts';

/** F42: whenever the power goes during an update, a whole version runs at the next start, and the update can go on. */

let child = '';
let stage: LaunchStage;
beforeAll(async () => {
  child = await bundleChild('killed-update', 'test/integration/update/dying-update.ts', []);
});
afterAll(() => rm('dist/test/killed-update', { recursive: true, force: true }));
beforeEach(async () => {
  stage = await LaunchStage.make();
});
afterEach(() => stage.remove());

/** Lives until its n-th operation; resolves to what it said. */
async function live(dieAt: number): Promise<string[]> {
  const { folder, sha256 } = await stage.fetched('0.2.0');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [child, stage.slots, stage.base, folder, sha256, `${dieAt}`],
      (_error, stdout) => resolve(stdout.trim().split('\n')),
    );
  });
}

test('at each operation, from the first byte to the last word', async () => {
  const said = await live(0);
  const operations = Number(said.at(-1)?.split(' ')[1]);
  expect(operations).toBeGreaterThan(30);
  let deaths = 0;
  for (let dieAt = 1; dieAt <= operations; dieAt++) {
    await rm(stage.slots, { recursive: true, force: true });
    const came = await live(dieAt);
    if (!came.includes('kept')) deaths += 1;
    const ran = await stage.launch();
    const where = `killed before operation ${dieAt}, after ${came.join(', ')}`;
    // Before it was tried the old one runs; what was kept is never taken back.
    if (came.includes('kept')) expect(ran, where).toMatchObject({ version: '0.2.0', trial: false });
    else if (came.includes('tried')) expect(ran?.version, where).toBe('0.2.0');
    else if (came.includes('filled')) expect(['0.1.0', '0.2.0'], where).toContain(ran?.version);
    else expect(ran, where).toMatchObject({ version: '0.1.0', slot: 'base' });
    // What was left behind hinders nobody; each costs a start of Node, so not after every death.
    if (dieAt % 6 !== 0) continue;
    expect(await live(0), where).toContain('kept');
    expect(await stage.launch(), where).toMatchObject({ version: '0.2.0', trial: false });
  }
  expect(deaths).toBeGreaterThan(30);
}, 300_000);

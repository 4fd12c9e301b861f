import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../device/ports.ts';
import { chainFault, FIRST_PREV } from '../../../firmware-protocol/content/report.ts';
import { HallFolders, openHall } from './hall-folder.ts';

/** F1: a hall that is killed at any of its operations starts again, and has all that it was told is durable. */
const halls = new HallFolders();
/** Beside the sources, so that Node finds libsql. */
const child = new URL(`./dying-child-${process.pid}.mjs`, import.meta.url).pathname;
/** Kills are spread over all operations; each costs a start of Node. */
const KILLS = 16;
const STATES = ['accepted', 'started', 'ended'];

beforeAll(async () => {
  const entry = new URL('./dying-child.ts', import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['libsql'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});
afterAll(async () => {
  await rm(child, { force: true });
  await halls.remove();
});

async function live(folder: string, dieAt: number): Promise<{ acknowledged: string[]; operations: number }> {
  const hall = spawn(process.execPath, [child, folder, String(dieAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const chunk of hall.stdout) lines.push(...String(chunk).trim().split('\n'));
  const operations = Number(lines.find((line) => line.startsWith('operations'))?.split(' ')[1] ?? 0);
  return { acknowledged: lines.filter((line) => !line.startsWith('operations')), operations };
}

async function expectDurable(store: Store, acknowledged: string[]): Promise<void> {
  const reports = await store.reports(100);
  expect(chainFault(reports, { n: 0, hash: FIRST_PREV })).toBeUndefined();
  const told = reports.map(({ event }) => ('play' in event ? `${event.play} ${event.type}` : event.type));
  for (const play of ['a', 'b', 'c', 'd']) {
    const claim = await store.claim(play, 'tower');
    const state = claim === undefined ? -1 : STATES.indexOf(claim.state);
    for (const [index, each] of STATES.entries()) {
      if (acknowledged.includes(`${play} ${each}`)) expect(state).toBeGreaterThanOrEqual(index);
      // A claim and its report are one commit: never the one without the other.
      if (index > 0) expect(told.includes(`${play} ${each}`)).toBe(state >= index);
    }
  }
  expect(told.every((each) => each.includes(' '))).toBe(true);
}

async function killThroughout(
  prepare: (folder: string) => Promise<void>,
  check: (store: Store, acknowledged: string[]) => Promise<void>,
) {
  const first = await halls.make();
  await prepare(first);
  const { acknowledged: all, operations } = await live(first, 0);
  expect(all).toHaveLength(12);
  let deaths = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = await halls.make();
    await prepare(folder);
    const { acknowledged } = await live(folder, 1 + Math.floor((kill * operations) / KILLS));
    if (acknowledged.length < all.length) deaths += 1;
    const store = await openHall(folder);
    await check(store, acknowledged);
    await store.close();
  }
  expect(deaths).toBeGreaterThan(KILLS / 2);
}

test('killed on a new folder', async () => {
  await killThroughout(async () => {}, expectDurable);
});

test('killed while a damaged database is being replaced: the second start finds it again', async () => {
  await killThroughout(
    async (folder) => {
      await (await openHall(folder)).close();
      await writeFile(join(folder, 'store.db'), Buffer.alloc(9_000, 'garbage'));
    },
    async (store, acknowledged) => {
      const reports = await store.reports(100);
      expect(chainFault(reports)).toBeUndefined();
      expect(reports.map(({ event }) => event)).toContainEqual(
        expect.objectContaining({ type: 'quarantined', what: 'store.db' }),
      );
      for (const line of acknowledged) {
        const [play = '', state = ''] = line.split(' ');
        expect(STATES.indexOf((await store.claim(play, 'tower'))?.state ?? '')).toBeGreaterThanOrEqual(
          STATES.indexOf(state),
        );
      }
    },
  );
});

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { expect } from 'vitest';
import type { Store } from '../../../device/ports.ts';
import { chainFault, FIRST_PREV } from '../../../firmware-protocol/content/report.ts';

export const STATES = ['accepted', 'started', 'ended'];

/** The child that is killed before its n-th operation, bundled beside the sources, so that Node finds libsql. */
export class DyingHall {
  readonly #bundle = new URL(`./dying-child-${randomUUID()}.mjs`, import.meta.url).pathname;

  async build(): Promise<void> {
    await build({
      entryPoints: [new URL('./dying-child.ts', import.meta.url).pathname],
      outfile: this.#bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['libsql'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  }

  /** Lives in `folder` until its operation `dieAt` (0 = to the end): what was acknowledged, and how many operations there were. */
  async live(
    folder: string,
    dieAt: number,
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<{ acknowledged: string[]; operations: number }> {
    const hall = spawn(process.execPath, [this.#bundle, folder, String(dieAt)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const chunk of hall.stdout) lines.push(...String(chunk).trim().split('\n'));
    const operations = Number(lines.find((line) => line.startsWith('operations'))?.split(' ')[1] ?? 0);
    return { acknowledged: lines.filter((line) => !line.startsWith('operations')), operations };
  }

  async remove(): Promise<void> {
    await rm(this.#bundle, { force: true });
  }
}

/** What was acknowledged is there, and a claim is there with its report or not at all. */
export async function expectDurable(store: Store, acknowledged: string[]): Promise<void> {
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

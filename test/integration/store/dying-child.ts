import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import Libsql from 'libsql/promise';

/**
 * A hall that claims, starts and ends plays, and is killed before its n-th operation on the disk. Run as
 * `node dying-child.mjs <folder> <n>`; n = 0 lives. Writes one line per commit that was acknowledged, and at the end
 * how many operations it made.
 */
const [folder = '', dieAt = '0'] = process.argv.slice(2);
let operations = 0;

function step(): void {
  operations += 1;
  if (operations === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
}

function dyingBefore<T extends object, K extends keyof T>(owner: T, names: K[]): void {
  for (const name of names) {
    const real = owner[name];
    if (typeof real !== 'function') throw new TypeError(`${String(name)} is no function`);
    const wrapped = function (this: unknown, ...given: unknown[]): unknown {
      step();
      return Reflect.apply(real, this, given);
    };
    Object.defineProperty(owner, name, { value: wrapped });
  }
}

// Before the store is loaded: every statement of SQLite, and every change of a name or a file beside it.
dyingBefore(Libsql.prototype, ['exec', 'prepare']);
const file = await fs.open(process.execPath, 'r');
dyingBefore(Object.getPrototypeOf(file), ['writeFile', 'sync']);
await file.close();
dyingBefore(fs, ['open', 'rename', 'rm', 'link', 'copyFile', 'mkdir']);
syncBuiltinESMExports();

const { openHall } = await import('./hall-folder.ts');
const { claimOf, ended, stamped, started } = await import('../../contract/ports/store-records.ts');

const store = await openHall(folder);
const commit = async (play: string, state: string, change: Parameters<typeof store.commit>[0]) => {
  await store.commit(change);
  writeSync(1, `${play} ${state}\n`);
};
for (const play of ['a', 'b', 'c', 'd']) {
  await commit(play, 'accepted', { claims: [claimOf(play)], facts: { boot: '2' } });
  await commit(play, 'started', {
    claims: [claimOf(play, { state: 'started' })],
    reports: [stamped(started(play))],
  });
  await commit(play, 'ended', {
    claims: [claimOf(play, { state: 'ended', outcome: 'finished' })],
    reports: [stamped(ended(play))],
  });
}
await store.close();
writeSync(1, `operations ${operations}\n`);

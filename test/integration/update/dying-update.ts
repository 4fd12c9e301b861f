import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * An agent of version 0.1.0 in slot `base` that fetches 0.2.0, tries it out and, as if restarted, keeps it; killed before
 * its n-th operation on the disk. Run as `node dying-update.mjs <slots> <base> <fetched> <manifest hash> <n>`; n = 0 lives.
 * Writes how far it came.
 */
const [slots = '', base = '', fetched = '', sha256 = '', dieAt = '0'] = process.argv.slice(2);
let operations = 0;

function dyingBefore<T extends object, K extends keyof T>(owner: T, names: K[]): void {
  for (const name of names) {
    const real = owner[name];
    if (typeof real !== 'function') throw new TypeError(`${String(name)} is no function`);
    const wrapped = function (this: unknown, ...given: unknown[]): unknown {
      operations += 1;
      if (operations === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(real, this, given);
    };
    Object.defineProperty(owner, name, { value: wrapped });
  }
}

const file = await fs.open(process.execPath, 'r');
dyingBefore(Object.getPrototypeOf(file), ['writeFile', 'sync']);
await file.close();
operations = 0;
dyingBefore(fs, ['open', 'rename', 'rm', 'mkdir', 'readFile']);
syncBuiltinESMExports();

const { SlotsFolder } = await import('../../../device/drivers/update/slots-folder.ts');
const driver = new SlotsFolder({ folder: slots, base, launched: { slot: 'base', trial: false } });
const text = await fs.readFile(join(fetched, 'manifest'), 'utf8');
const slot = await driver.fill('0.2.0', { sha256, text, at: 0 }, async (wanted) => {
  return (await driver.find(wanted.sha256)) ?? join(fetched, wanted.path);
});
writeSync(1, 'filled\n');
await driver.tryOut(slot, 3);
writeSync(1, 'tried\n');
await new SlotsFolder({ folder: slots, base, launched: { slot, trial: true } }).confirm('0.2.0');
writeSync(1, 'kept\n');
writeSync(1, `operations ${operations}\n`);

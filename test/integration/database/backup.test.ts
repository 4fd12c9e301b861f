import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../firmware-protocol/content/signature.ts';
import { backup, restore } from '../../../server/app/backup.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { secretFolder } from '../../../server/drivers/secret-folder.ts';
import { openKeySet } from '../../../server/keys/key-ring.ts';
import { SignerDesk } from '../../../server/signer/signer-desk.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { addHall, batchOf, chain, openOffice, seededRandom } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const opened: DatabaseSource[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.close()));
});
const booted = { type: 'booted', version: '1', clean: true } as const;

/** A server with keys, a hall and its reports. */
async function lived(config: ServerConfig, source: DatabaseSource) {
  const db = await source.open(config);
  const secrets = secretFolder(join(config.data, 'secrets'));
  const set = await openKeySet({ db, secrets, clock: new HandClock(), random: seededRandom() });
  const hall = await addHall(db, 'hall-mae', '43010101');
  const reports = chain([booted, booted]);
  const office = await openOffice(db);
  await office.ledger.take(hall.record, batchOf(hall, reports));
  return { hall, reports, set };
}

describe.each(DATABASES.flatMap((from) => DATABASES.map((to) => [from, to] as const)))(
  'a backup of %s',
  (from, to) => {
    it(`is restored into ${to} and goes on: same keys, same halls, reports where they ended`, async () => {
      const [old, next] = [await DatabaseSource.of(from), await DatabaseSource.of(to)];
      opened.push(old, next);
      const [before, after] = [old.config(), next.config()];
      const { hall, reports, set } = await lived(before, old);
      const file = join(before.data, 'ประจำวัน.backup');
      const made = await backup(before, file, Date.now());
      expect(made.tables).toMatchObject({ devices: 1, reports: 2, keys: 1 });
      expect((await stat(file)).mode & 0o777).toBe(0o600);

      expect(await restore(after, file)).toMatchObject({ tables: made.tables, secrets: made.secrets });
      await expect(restore(after, file)).rejects.toThrow('not-empty');

      const db = await next.open(after);
      const secrets = secretFolder(join(after.data, 'secrets'));
      const clock = new HandClock();
      expect(await openKeySet({ db, secrets, clock, random: seededRandom('another') })).toEqual(set);
      const signer = await SignerDesk.open({ secrets, clock, tell: () => {} });
      const order = await signer.sign({ device: 'hall-mae', up_to: 2, hash: 'a'.repeat(64) });
      expect(
        verifies(order, order.signature, set.keys.find(({ id }) => id === order.signature.key)?.public ?? ''),
      ).toBe(true);
      const office = await openOffice(db);
      const record = await db.devices.get(hall.id);
      const last = reports.at(-1);
      const more = chain([booted], {
        n: 2,
        hash: (await db.devices.chains([hall.id])).get(hall.id)?.hash ?? '',
      });
      expect(last && record && (await office.ledger.take(record, batchOf(hall, more)))).toMatchObject({
        n: 3,
      });
    });
  },
);

it('what is cut, altered or of something else is not restored, and nothing is written', async () => {
  const source = await DatabaseSource.of('sqlite');
  opened.push(source);
  const before = source.config();
  await lived(before, source);
  const file = join(before.data, 'a.backup');
  await backup(before, file, 0);
  const whole = await readFile(file);
  const text = gunzipSync(whole).toString();
  const bad = {
    cut: whole.subarray(0, whole.length - 40),
    altered: gzipSync(text.replace('43010101', '90010101')),
    shorter: gzipSync(text.split('\n').slice(0, -2).join('\n')),
    strange: gzipSync('{"hello":1}\n'),
    text: Buffer.from('สวัสดี'),
  };
  const after = source.config();
  for (const [name, bytes] of Object.entries(bad)) {
    await writeFile(file, bytes);
    await expect(restore(after, file), name).rejects.toThrow('backup-invalid');
  }
  expect(await (await source.open(after)).devices.within('th')).toEqual([]);
});

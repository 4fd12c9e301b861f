import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { writeManifest } from '../../../firmware-protocol/content/release-manifest.ts';
import { verifies } from '../../../firmware-protocol/content/signature.ts';
import { backup, restore } from '../../../server/app/backup.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { MediaFolder } from '../../../server/drivers/media/media-folder.ts';
import { ReleaseFolder } from '../../../server/drivers/release-folder.ts';
import { secretFolder } from '../../../server/drivers/secret-folder.ts';
import { isServerError } from '../../../server/errors.ts';
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
      const made = await backup(before, file, { now: Date.now() });
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

it.each(DATABASES)(
  'of %s goes through more rows than it holds at once, and brings each back',
  async (kind) => {
    const [old, next] = [await DatabaseSource.of(kind), await DatabaseSource.of(kind)];
    opened.push(old, next);
    const [before, after] = [old.config(), next.config()];
    const db = await old.open(before);
    const days = Array.from({ length: 731 }, (_, at) => ({ from: at, to: at, title: `วันที่ ${at}` }));
    for (const [at, span] of days.entries())
      await db.calendars.put({
        area: '43',
        name: `school-${at}`,
        spans: [span],
        by: 'somchai',
        changedAt: at,
      });
    const file = join(before.data, 'a.backup');
    expect((await backup(before, file, { now: 0 })).tables.calendars).toBe(731);
    await restore(after, file);
    const restored = await (await next.open(after)).calendars.all();
    expect(restored.map(({ spans }) => spans[0]?.from).sort((a = 0, b = 0) => a - b)).toEqual(
      days.map(({ from }) => from),
    );
  },
);

it('carries releases of the agent with the files that they name', async () => {
  const source = await DatabaseSource.of('sqlite');
  opened.push(source);
  const [before, after] = [source.config(), source.config()];
  await source.open(before);
  const files = await MediaFolder.open(before.data);
  const keep = async (text: string) =>
    (await files.keep(await files.receive(inOnePiece(Buffer.from(text)), 10_000))).sha256;
  const agent = await keep('console.log("ตัวควบคุม")');
  const listed = { path: 'agent.mjs', sha256: agent, bytes: 27, executable: false };
  const manifest = await keep(writeManifest({ version: '0.2.0', architecture: 'arm64', files: [listed] }));
  const text = JSON.stringify({
    ...{ format: 1, area: '43', version: '0.2.0', by: 'x', least: '0.1.0', share: 100, spread_minutes: 0 },
    ...{ issued_at: '2026-11-13T09:00:00+07:00', not_before: '2026-11-13T09:00:00+07:00' },
    builds: { arm64: { manifest, bytes: 100 } },
    signature: { key: 'release', value: 'A'.repeat(86) },
  });
  await new ReleaseFolder(before.data).put('43', text);
  const file = join(before.data, 'a.backup');
  const made = await backup(before, file, { now: 0 });
  expect(made).toMatchObject({ releases: ['43'], media: { files: 2, inside: 2, missing: [] } });
  expect(await restore(after, file)).toMatchObject({ releases: ['43'], media: { inside: 2, missing: [] } });
  expect(await new ReleaseFolder(after.data).all()).toEqual([text]);
  expect(await readFile(join(after.data, 'media', agent), 'utf8')).toContain('ตัวควบคุม');
});

/** Sound in the library of a server, as an upload leaves it. */
async function withSound(config: ServerConfig, source: DatabaseSource, bytes: Uint8Array): Promise<string> {
  const files = await MediaFolder.open(config.data);
  const { sha256 } = await files.keep(await files.receive(inOnePiece(bytes), bytes.length));
  const db = await source.open(config);
  const about = { sha256, bytes: bytes.length, ms: 1_400, title: 'เสียงตามสาย', loudness_clufs: -1_600 };
  await db.media.put({ ...about, uploadedBy: 'somchai', uploadedAt: 0 });
  return sha256;
}
async function* inOnePiece(bytes: Uint8Array) {
  yield bytes;
}

describe('sound and pictures', () => {
  // More than one part, and no multiple of one.
  const sound = randomBytes(200_001);

  it('are in the backup and whole after it; an upload that is under way is left alone', async () => {
    const source = await DatabaseSource.of('sqlite');
    opened.push(source);
    const [before, after] = [source.config(), source.config()];
    const sha256 = await withSound(before, source, sound);
    const underWay = join(before.data, 'media-scratch', 'an-upload');
    await writeFile(underWay, 'half');
    const file = join(before.data, 'a.backup');
    const carried = { files: 1, bytes: sound.length, inside: 1, missing: [] };
    expect(await backup(before, file, { now: 0 })).toMatchObject({ media: carried });
    expect(await readFile(underWay, 'utf8')).toBe('half');
    expect(await restore(after, file)).toMatchObject({ media: carried });
    expect(await readFile(join(after.data, 'media', sha256))).toEqual(sound);
  });

  it('are only named where that is asked for, and missed where they are not copied', async () => {
    const source = await DatabaseSource.of('sqlite');
    opened.push(source);
    const [before, after] = [source.config(), source.config()];
    const sha256 = await withSound(before, source, sound);
    const file = join(before.data, 'a.backup');
    const made = await backup(before, file, { now: 0, withoutMedia: true });
    expect(made.media).toEqual({ files: 1, bytes: sound.length, inside: 0, missing: [] });
    expect((await restore(after, file)).media.missing).toEqual([sha256]);
  });

  it('that are damaged on the disk are named, and no reason to be without a backup', async () => {
    const source = await DatabaseSource.of('sqlite');
    opened.push(source);
    const [before, after] = [source.config(), source.config()];
    const sha256 = await withSound(before, source, sound);
    await writeFile(join(before.data, 'media', sha256), sound.subarray(1));
    const file = join(before.data, 'a.backup');
    expect((await backup(before, file, { now: 0 })).media).toMatchObject({ inside: 0, missing: [sha256] });
    expect((await restore(after, file)).media.missing).toEqual([sha256]);
  });

  it('that were altered in the backup, or are cut in it, are refused by name and line, and nothing is written', async () => {
    const source = await DatabaseSource.of('sqlite');
    opened.push(source);
    const [before, after] = [source.config(), source.config()];
    const sha256 = await withSound(before, source, sound);
    const file = join(before.data, 'a.backup');
    await backup(before, file, { now: 0 });
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n');
    const at = lines.findIndex((line) => line.includes('"kind":"media"'));
    const altered = lines.with(at, (lines[at] ?? '').replace(/"base64":"..../, '"base64":"AAAA'));
    const cut = lines.toSpliced(at + 1, 1);
    const last = lines.findLastIndex((line) => line.includes('"kind":"media"'));
    const short = lines.toSpliced(last, 1);
    for (const [bad, why] of [
      [altered, `line ${last + 1}: media ${sha256} is damaged`],
      [cut, `line ${last}: media ${sha256} is damaged`],
      [short, `line ${last + 1}: media ${sha256} is cut`],
    ] as const) {
      await writeFile(file, gzipSync(bad.join('\n')));
      await expect(restore(after, file)).rejects.toThrow(why);
    }
    expect(await readdir(after.data)).toEqual([]);
  });
});

/** Each refusal says where. */
const PLACES: Record<string, RegExp> = {
  cut: /backup-invalid.*(?:after line \d+|it is no gzip, or cut)/,
  altered: /backup-invalid.*altered/,
  shorter: /backup-invalid.*its end is missing, after line \d+/,
  torn: /backup-invalid.*line \d+ is cut/,
  strange: /backup-invalid.*line 1/,
  text: /backup-invalid.*no gzip/,
  longer: /backup-invalid.*line \d+ is behind its end/,
  empty: /backup-invalid.*empty/,
};

it('what is cut, altered or of something else is not restored, and nothing is written', async () => {
  const source = await DatabaseSource.of('sqlite');
  opened.push(source);
  const before = source.config();
  await lived(before, source);
  const file = join(before.data, 'a.backup');
  await backup(before, file, { now: 0 });
  const whole = await readFile(file);
  const text = gunzipSync(whole).toString();
  const bad: Record<string, Uint8Array> = {
    cut: whole.subarray(0, whole.length - 40),
    altered: gzipSync(text.replace('43010101', '90010101')),
    shorter: gzipSync(`${text.split('\n').slice(0, -2).join('\n')}\n`),
    torn: gzipSync(text.slice(0, -20)),
    strange: gzipSync('{"hello":1}\n'),
    text: Buffer.from('สวัสดี'),
    longer: gzipSync(`${text}{"kind":"end","sha256":""}\n`),
    empty: gzipSync(''),
  };
  const after = source.config();
  for (const [name, bytes] of Object.entries(bad)) {
    await writeFile(file, bytes);
    const refused: unknown = await restore(after, file).catch((error: unknown) => error);
    if (!isServerError(refused)) throw new Error(`${name} was restored`);
    expect(refused.message, name).toMatch(PLACES[name] ?? /^$/);
    expect(refused.failure().th.replace('gzip', ''), name).not.toMatch(/[a-z]/);
  }
  expect(await (await source.open(after)).devices.within('th')).toEqual([]);
});

it('keys stand behind the rows: a key that came while it was written is in it, whichever set the rows name', async () => {
  const source = await DatabaseSource.of('sqlite');
  opened.push(source);
  const config = source.config();
  await lived(config, source);
  const file = join(config.data, 'a.backup');
  await backup(config, file, { now: 0 });
  const kinds = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).kind);
  expect(kinds.indexOf('secret')).toBeGreaterThan(kinds.lastIndexOf('row'));
});

it('a file that is not there, and a folder that is not, are named', async () => {
  const source = await DatabaseSource.of('sqlite');
  opened.push(source);
  const config = source.config();
  const nowhere = join(config.data, 'ไม่มี', 'a.backup');
  await expect(restore(config, nowhere)).rejects.toThrow(/backup-invalid.*ENOENT/);
  await expect(backup(config, nowhere, { now: 0 })).rejects.toThrow(/backup-not-written.*ENOENT/);
});

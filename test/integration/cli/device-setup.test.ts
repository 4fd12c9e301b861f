import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../broker/mosquitto-process.ts';
import { NewBox } from './new-box.ts';

/** A technician at a new box, without systemd and without a sound card. */

let box: NewBox;
let folder: string;
beforeAll(async () => {
  box = await NewBox.unpacked();
  folder = box.folder;
});
afterAll(() => box.close());

const places = () => ['--config', join(folder, 'etc/hall.json'), '--data', join(folder, 'data')];
const setup = (...args: string[]) =>
  box.prakat.run([
    'device',
    'setup',
    '--yes',
    '--no-start',
    '--sound',
    'none',
    '--board',
    'none',
    ...places(),
    ...args,
  ]);

describe('prakat device setup', () => {
  it('asks for what it needs where nobody answers', async () => {
    const { code, err } = await setup();
    expect(code).toBe(2);
    expect(err).toContain('--code and --server are needed');
  });

  it('enrols with the text of a QR code, writes the configuration, and hands out no secret', async () => {
    const { ticket, code } = await box.codeFor('hall-new');
    const done = await setup('--code', ticket, '--place', 'บ้านเสาเล้า', '--json');
    expect(done.code, done.err).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({
      enrolled: 'now',
      identity: { device: 'hall-new', village: '43010101' },
      service: 'not-wanted',
    });
    const written = await readFile(join(folder, 'etc/hall.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ data: join(folder, 'data'), place: 'บ้านเสาเล้า' });
    const identity = JSON.parse(await readFile(join(folder, 'data/identity.json'), 'utf8'));
    for (const secret of [identity.seed, identity.password, code])
      expect(done.out + done.err + written).not.toContain(secret);
    expect((await stat(join(folder, 'data/identity.json'))).mode & 0o777).toBe(0o600);
  });

  it('run again it changes nothing of who the hall is, and keeps what a person wrote', async () => {
    const path = join(folder, 'etc/hall.json');
    const written = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...written, log: 'warn' }));
    const before = await readFile(join(folder, 'data/identity.json'), 'utf8');
    const again = await setup('--json');
    expect(JSON.parse(again.out)).toMatchObject({ enrolled: 'before' });
    expect(await readFile(join(folder, 'data/identity.json'), 'utf8')).toBe(before);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ log: 'warn', place: 'บ้านเสาเล้า' });
  });

  it('says that a code was not used where the box is a hall already', async () => {
    const { ticket } = await box.codeFor('hall-other');
    const { code, out, err } = await setup('--code', ticket);
    expect(code, err).toBe(0);
    expect(out + err).toContain('--again');
  });

  it('names the place of a fault in the configuration, and touches nothing', async () => {
    const path = join(folder, 'etc/hall.json');
    await writeFile(path, '{"data": "x", "towre": {}}');
    const { code, err } = await setup('--lang', 'th');
    expect(code).toBe(1);
    expect(err).toContain('towre');
    expect(await readFile(path, 'utf8')).toContain('towre');
  });

  it('says that nobody answers, and that the code is still good', async () => {
    const away = `prakat:86F50-VCZA2-41Z4W-SCD3C@http://127.0.0.1:${await freePort()}`;
    const { code, out } = await setup(
      '--again',
      '--code',
      away,
      '--config',
      join(folder, 'away.json'),
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out).error).toMatchObject({
      code: 'server-away',
      th: expect.stringContaining('ยังใช้ได้'),
    });
  });

  it('says what the server says of a code that was used', async () => {
    await rm(join(folder, 'etc'), { recursive: true });
    await rm(join(folder, 'data'), { recursive: true });
    const { ticket } = await box.codeFor('hall-two');
    expect((await setup('--code', ticket)).code).toBe(0);
    await rm(join(folder, 'data'), { recursive: true });
    const { code, err } = await setup('--code', ticket);
    expect(code).toBe(1);
    expect(err).toMatch(/used/);
  });
});

import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpEnrolment } from '../../../device/drivers/http-enrolment.ts';
import { enrolmentFile, loadIdentity, saveIdentity } from '../../../device/drivers/identity-file.ts';
import { pinoLog } from '../../../device/drivers/pino-log.ts';
import { type EnrolmentDoor, errandOf } from '../../../device/enrolment/enrol.ts';
import { enrolKeeping } from '../../../device/enrolment/kept-question.ts';
import { DeviceError } from '../../../device/errors.ts';
import type { Identity } from '../../../device/identity.ts';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { writeCode } from '../../../firmware-protocol/http/enrolment.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';
import { FileServer } from '../media/file-server.ts';

const identity: Identity = {
  format: 1,
  device: 'hall-1',
  village: '43010102',
  password: 'a-password-of-the-server',
  broker: 'mqtt://127.0.0.1:1883',
  media: 'http://127.0.0.1:8080/media',
  seed: newKeyPair().seed,
  keys: new DocumentMaker().keys(1).set,
};

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-identity-'));
  path = join(folder, 'identity.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('identity.json', () => {
  test('is kept whole, for its owner only, with nothing beside it', async () => {
    await saveIdentity(path, { ...identity, device: 'hall-0' });
    await saveIdentity(path, identity);
    expect(await loadIdentity(path)).toEqual(identity);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['identity.json']);
  });

  test.each([
    ['missing', async () => {}],
    ['empty', async () => writeFile(path, '')],
    ['torn', async () => saveIdentity(path, identity).then(() => truncate(path, 300))],
    [
      'of another shape',
      async () => writeFile(path, JSON.stringify({ ...identity, seed: 'x', password: 'p4ss' })),
    ],
  ])('when it is %s that is said, without its secrets', async (_name, harm) => {
    await harm();
    const error = await loadIdentity(path).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'config-invalid' });
    const told = error instanceof DeviceError ? JSON.stringify([error.context, error.message]) : '';
    expect(told).not.toContain(identity.seed);
    expect(told).not.toContain('p4ss');
  });
});

describe('an enrolment whose code was said', () => {
  const { roots } = identity.keys;
  const errand = errandOf({ code: writeCode('ABCDE12345', roots), server: 'https://server.example' });
  const slip = errandOf({ ...errand, code: writeCode('BBCDE12345', roots) });
  const { seed: _own, keys, format: _1, ...credential } = identity;
  const door = (answer: () => unknown): EnrolmentDoor => ({
    roots: async () => ({ roots }),
    enrol: async () => answer(),
  });
  const lost = () => {
    throw new DeviceError('enrolment-failed', {}, new Error('ECONNRESET'));
  };
  const refused = () => {
    throw new DeviceError('enrolment-failed', { refusal: 'code-wrong' });
  };
  const file = () => enrolmentFile(folder);
  const tried = (wanted: typeof errand, answer: () => unknown) =>
    enrolKeeping(wanted, file(), door(answer)).catch((error: unknown) => error);

  test('is on the disk before the server hears it, for its owner only, until the box is a hall', async () => {
    const modes: number[] = [];
    const answer = async () => {
      modes.push((await stat(join(folder, 'enrolment.json'))).mode & 0o777);
      return { ...credential, keys };
    };
    expect(await tried(errand, answer)).toMatchObject({ device: 'hall-1' });
    expect(modes).toEqual([0o600]);
    await saveIdentity(path, identity);
    expect(await readdir(folder)).toEqual(['identity.json']);
  });

  test('goes on with its key, password and code when the answer was lost, whatever is mistyped afterwards', async () => {
    await tried(errand, lost);
    const begun = await file().read();
    expect(begun).toMatchObject(errand);
    await tried(slip, refused);
    expect(await file().read()).toEqual(begun);
    await tried(errand, lost);
    expect(await file().read()).toEqual(begun);
  });

  test('leaves nothing where the server refused it, or where the code was never said', async () => {
    await tried(slip, refused);
    const away = { ...door(lost), roots: async () => lost() };
    await enrolKeeping(errand, file(), away).catch(() => {});
    expect(await readdir(folder)).toEqual([]);
  });

  test('has another key and password than one before, and than one whose file was torn', async () => {
    await tried(errand, lost);
    const first = await file().read();
    await truncate(join(folder, 'enrolment.json'), 20);
    expect(await file().read()).toBeUndefined();
    await tried(errand, lost);
    const next = await file().read();
    expect([next?.seed, next?.password]).not.toEqual([first?.seed, first?.password]);
    expect(next?.password).not.toBe(first?.password);
  });
});

describe('/enrol', () => {
  const request = { secret: 'ABCDE12345', public: identity.keys.roots[0]?.public ?? '' };
  let server: FileServer;
  let base: string;
  beforeEach(async () => {
    server = new FileServer();
    // A box that enrols has no password yet.
    server.asksWho = false;
    base = await server.start();
  });
  afterEach(() => server.stop());

  test('sends the request and brings the answer', async () => {
    const bodies: string[] = [];
    server.answer = (incoming, response) => {
      incoming.on('data', (chunk) => bodies.push(String(chunk)));
      incoming.on('end', () => response.end('{"device":"hall-1"}'));
    };
    expect(await httpEnrolment(base).enrol(request)).toEqual({ device: 'hall-1' });
    expect(server.asked[0]?.url).toBe('/enrol');
    expect(JSON.parse(bodies.join(''))).toEqual(request);
  });

  const cases: [string, FileServer['answer']][] = [
    ['a refusal', (_request, response) => response.writeHead(403).end('{}')],
    [
      'a redirect',
      (_request, response) => response.writeHead(307, { location: 'http://example.org/' }).end(),
    ],
    ['a page of a captive portal', (_request, response) => response.end('<html>')],
    ['an answer without end', (_request, response) => response.end(Buffer.alloc(5 * 1_024 * 1_024, 32))],
    ['a cut line', (_request, response) => response.destroy()],
  ];
  test.each(cases)('%s is told as such', async (_name, answer) => {
    server.answer = answer;
    await expect(httpEnrolment(base).enrol(request)).rejects.toMatchObject({ code: 'enrolment-failed' });
    await expect(httpEnrolment(base).roots()).rejects.toMatchObject({ code: 'enrolment-failed' });
  });

  test('a server that does not know the question about its roots is known by its own words', async () => {
    const words = { code: 'unknown-page', en: 'there is no such page', th: 'ไม่มีหน้านี้', faults: [] };
    server.answer = (_request, response) => response.writeHead(404).end(JSON.stringify(words));
    expect(await httpEnrolment(base).roots()).toBeUndefined();
    server.answer = (_request, response) => response.writeHead(404).end('{}');
    await expect(httpEnrolment(base).roots()).rejects.toMatchObject({ code: 'enrolment-failed' });
  });
});

test('the log shows facts and errors, and no secret', () => {
  const lines: string[] = [];
  const log = pinoLog({
    level: 'info',
    bindings: { device: 'hall-1' },
    destination: { write: (line) => lines.push(line) },
  });
  log.info({ identity, password: 'p4ss' }, 'enrolled');
  log.error({ error: new DeviceError('store-full', { path: '/data' }) }, 'trouble');
  expect(lines.join()).not.toContain(identity.seed);
  expect(lines.join()).not.toContain(identity.password);
  expect(lines.join()).not.toContain('p4ss');
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    device: 'hall-1',
    msg: 'trouble',
    error: { code: 'store-full', context: { path: '/data' } },
  });
  expect(lines).toHaveLength(2);
});

test('a file is replaced whole or not at all', async () => {
  await saveIdentity(path, identity);
  const before = await readFile(path, 'utf8');
  await expect(saveIdentity(join(folder, 'no', 'such', 'folder.json'), identity)).rejects.toThrow('ENOENT');
  expect(await readFile(path, 'utf8')).toBe(before);
});

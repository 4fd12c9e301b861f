import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { freePort } from '../broker/mosquitto-process.ts';
import { loudnessOf, SPEECH } from '../content/sounds.ts';
import { ONE_PERSON } from '../server/town.ts';
import { Prakat, type Started } from './prakat.ts';

/** A province from its first start to its first announcements, by the commands alone. */

const PASSWORD = 'น้ำขึ้นให้รีบตัก';
let folder: string;
let prakat: Prakat;
let server: Started;
let hall: Started | undefined;
let addresses: string[];
let code: string;

/** What is on stdout, which has to be one document. */
const documentOf = (out: string) => JSON.parse(out);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-day-'));
  prakat = await Prakat.built();
  prakat.profile = join(folder, 'profile', 'operator.json');
  const [mqtt, http] = [await freePort(), await freePort()];
  const config = {
    data: 'data',
    broker: { kind: 'embedded', port: mqtt },
    http: { port: http },
    approvals: ONE_PERSON,
    signer: 'inside',
    log: 'silent',
    // A voice that reads everything alike: the file of a real person.
    speech: [{ engine: 'command', program: 'cp', args: [SPEECH, '{out}'] }],
  };
  await writeFile(join(folder, 'server.json'), JSON.stringify(config));
  addresses = ['--server', `http://127.0.0.1:${http}`, '--broker', `mqtt://127.0.0.1:${mqtt}`];
  server = prakat.start(['server', '--config', join(folder, 'server.json')]);
  await vi.waitFor(() => expect(server.said()).toContain('one-time code'), { timeout: 15_000 });
  code = /one-time code (\S+?),/.exec(server.said())?.[1] ?? '';
});
afterAll(async () => {
  hall?.child.kill('SIGTERM');
  server.child.kill('SIGTERM');
  await Promise.all([hall?.ended, server.ended]);
  await rm(folder, { recursive: true, force: true });
});

const json = async (...args: string[]) => {
  const { code, out, err } = await prakat.run([...args, '--json']);
  expect(code, err).toBe(0);
  return documentOf(out);
};

describe('the administrator', () => {
  it('chooses a password with the one-time code, once', async () => {
    const login = ['login', '--user', 'admin', '--code', code, ...addresses];
    expect(await prakat.run(login, { stdin: `${PASSWORD}\n` })).toMatchObject({ code: 0 });
    expect((await stat(prakat.profile ?? '')).mode & 0o777).toBe(0o600);
    const again = await prakat.run([...login, '--json'], { stdin: `${PASSWORD}\n` });
    expect(again.code).toBe(1);
    expect(documentOf(again.out).error.code).toBe('code-wrong');
  });

  it('is told in Thai that the password is wrong, and stays logged on', async () => {
    const wrong = await prakat.run(['login', '--user', 'admin', ...addresses, '--lang', 'th'], {
      stdin: 'wrong\n',
    });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('รหัสผ่านไม่ถูกต้อง') });
    expect((await json('watch', '--once')).devices).toEqual([]);
  });

  it('makes accounts in the database of the running server', async () => {
    const config = ['--config', join(folder, 'server.json')];
    const made = await json('server', 'operator', 'add', 'somchai', '--area', '43', ...config);
    expect(made).toMatchObject({ user: 'somchai', code: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/) });
    expect((await json('server', 'operator', 'code', 'somchai', ...config)).code).not.toBe(made.code);
    const { operators } = await json('server', 'operator', 'list', ...config);
    expect(operators).toContainEqual({ user: 'somchai', roles: ['author'], areas: ['43'] });
  });

  it('enrols a hall, which starts with the code', async () => {
    const made = await json('enrol', 'hall-one', '--village', '43010101', '--name', 'หอกระจายข่าว บ้านเสาเล้า');
    const config = {
      data: join(folder, 'hall'),
      log: 'silent',
      tower: { player: { type: 'wav', folder: join(folder, 'sound') } },
      laws: { quiet: [] },
    };
    await writeFile(join(folder, 'hall.json'), JSON.stringify(config));
    const first = ['--enrol', made.code, ...addresses.slice(0, 2)];
    hall = prakat.start(['device', '--config', join(folder, 'hall.json'), ...first]);
    await vi.waitFor(
      async () =>
        expect((await json('watch', '--once')).devices).toMatchObject([
          { presence: { state: 'online' }, state: { outputs: { tower: { works: true } } } },
        ]),
      { timeout: 15_000, interval: 200 },
    );
  });
});

describe('an operator', () => {
  it('pushes text and sound, and follows them to the end', async () => {
    const speech = join(folder, 'ประชุม.wav');
    await copyFile(SPEECH, speech);
    const args = [
      'push',
      '--to',
      '43',
      '--text',
      'ประชุมหมู่บ้าน',
      '--audio',
      speech,
      '--chime',
      'ding',
      '--lang',
      'th',
      '--json',
    ];
    const { code, out, err } = await prakat.run(args);
    expect(code, err).toBe(0);
    expect(documentOf(out).deliveries).toMatchObject([
      { device: 'hall-one', state: 'ended', outcomes: { tower: { outcome: 'finished' } } },
    ]);
    expect(err).toContain('กำลังออกอากาศ');
    expect(err).not.toContain('\u001b');
  });

  it('lets the server speak, listens to it first, and pushes it', async () => {
    const out = join(folder, 'speech.opus');
    const said = await json('audio', 'say', 'น้ำท่วม 5 ซม. เวลา 18.30 น.', '--out', out);
    expect(said.voice).toMatch(/^command cp/);
    expect((await stat(out)).size).toBe(said.bytes);
    const { code, err } = await prakat.run([
      'push',
      '--to',
      '43',
      '--say',
      'น้ำท่วม 5 ซม. เวลา 18.30 น.',
      '--json',
    ]);
    expect(code, err).toBe(0);
  });

  it('pushes a picture and a QR code; the picture is made ready first', async () => {
    const poster = join(folder, 'วัคซีน.png');
    await writeFile(poster, pngOf({ width: 64, height: 48, rgb: new Uint8Array(3 * 64 * 48).fill(200) }));
    const page = ['--text', 'ฉีดวัคซีนฟรี', '--picture', poster, '--qr', 'tel:1422', '--chime', 'none'];
    const { code, out, err } = await prakat.run(['push', '--to', '43', ...page, '--no-follow', '--json']);
    expect(code, err).toBe(0);
    expect(documentOf(out)).toMatchObject({ devices: 1 });
    expect(err).toContain('วัคซีน.png is ready: 64 x 48');
  });

  it('is told what is wrong with a picture, and that it needs words', async () => {
    const text = join(folder, 'text.png');
    await writeFile(text, 'ประกาศ');
    const push = ['push', '--to', '43', '--picture', text, '--json', '--lang', 'th'];
    const broken = await prakat.run([...push, '--text', 'วัคซีน']);
    expect([broken.code, documentOf(broken.out).error.code]).toEqual([1, 'upload-not-picture']);
    expect(broken.err).toContain('ไม่ใช่ภาพ PNG, JPEG หรือ GIF');
    expect(await prakat.run(push)).toMatchObject({ code: 2, err: expect.stringContaining('--text') });
  });

  it('is told, by exit code too, that no hall could do it', async () => {
    const args = ['push', '--to', 'device/hall-one', '--text', 'ป้ายอย่างเดียว', '--chime', 'none', '--json'];
    const { code, out, err } = await prakat.run(args);
    expect(code).toBe(1);
    expect(documentOf(out)).toMatchObject({
      deliveries: [{ device: 'hall-one' }],
      error: { code: 'nobody-did' },
    });
    expect(err).toContain('no hall did it: hall-one');
  });

  it('stops what sounds, and sees that it was cut', async () => {
    const { order } = await json(
      'push',
      '--to',
      '43',
      '--media',
      await preparedHash(),
      '--times',
      '10',
      '--no-follow',
    );
    const watching = prakat.start(['watch', order]);
    await vi.waitFor(() => expect(watching.said()).toContain('on air'), { timeout: 10_000 });
    expect((await json('stop', order, '--follow')).deliveries).toMatchObject([{ state: 'ended' }]);
    const { code, err } = await watching.ended;
    expect(code).toBe(1);
    expect(err).toContain('stopped');
  });

  it('sets a programme from a file, and asks what will sound', async () => {
    const announcement = { title: 'ข่าวเช้า', language: 'th', panel: { pages: [{ text: 'สวัสดี' }] } };
    const entries = [
      { id: 'morning', starts: '2026-11-01T06:30:00', rule: 'FREQ=DAILY', band: 40, announcement },
    ];
    const path = join(folder, 'programme.json');
    await writeFile(path, JSON.stringify({ entries }));
    expect(await json('programme', '43', '--set', path)).toMatchObject({ area: '43', version: 1 });
    // What the verb prints can be set again.
    await writeFile(path, JSON.stringify(await json('programme', '43')));
    expect(await json('programme', '43', '--set', path)).toMatchObject({ version: 2 });
    const { plan } = await json('explain', '43010101', '--hours', '25');
    expect(plan).toContainEqual(expect.objectContaining({ title: 'ข่าวเช้า', verdict: 'plays', area: '43' }));
    const { groups } = await json('explain', '43', '--at', plan[0].starts);
    expect(groups[0].plan).toContainEqual(expect.objectContaining({ play: plan[0].play }));
  });

  it('brings villages, plans by a calendar, publishes the draft, and sees which halls have it', async () => {
    const table = join(import.meta.dirname, '../../../docs/samples/villages.csv');
    expect(await json('places', 'import', table)).toMatchObject({ done: true, villages: 3, sites: 4 });
    expect((await json('places', 'list', '43')).villages).toHaveLength(2);
    expect((await json('places', 'coverage', '43')).all).toMatchObject({ villages: 2 });
    expect((await json('places', 'groups', 'nam-khong')).groups[0].areas).toEqual(['43010101', '43010102']);
    const days = join(folder, 'terms.csv');
    await writeFile(days, 'วันที่,ถึง,ชื่อ\n1/4/2570,30/4/2570,ปิดภาคเรียน\n');
    expect((await json('calendar', 'school-term', '--import', days, '--area', '43')).days).toHaveLength(30);
    const announcement = { title: 'สวดมนต์', language: 'th', panel: { pages: [{ text: 'วันพระ' }] } };
    const entry = { id: 'temple', starts: '2026-11-01T06:45:00', rule: 'FREQ=DAILY', band: 40, announcement };
    const path = join(folder, 'draft.json');
    await writeFile(path, JSON.stringify({ entries: [{ ...entry, only_on: ['wan-phra'] }] }));
    expect(await json('programme', '4301', '--draft', path)).toMatchObject({ draft: true, based_on: 0 });
    const accept = ['--accept', 'conflicts', 'frozen'];
    expect(await json('programme', '4301', '--publish', ...accept)).toMatchObject({
      version: 1,
      published: true,
    });
    expect(await json('programme', '4301', '--delivery')).toMatchObject({ version: 1 });
    expect((await json('programme', '4301', '--versions')).versions).toHaveLength(1);
  });

  it('writes a programme for other calendars, and takes one of theirs into a draft', async () => {
    const [ours, theirs] = [join(folder, 'ours.ics'), join(folder, 'theirs.ics')];
    expect(await json('ical', 'export', '4301', ours)).toMatchObject({ area: '4301', version: 1 });
    const event = 'UID:a@b\r\nDTSTART;VALUE=DATE:20991205\r\nSUMMARY:วันพ่อ\r\n';
    await writeFile(theirs, `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${event}END:VEVENT\r\nEND:VCALENDAR\r\n`);
    const mapping = ['--outputs', 'panel', '--all-day-at', '08:00'];
    expect(await json('ical', 'import', '4301', theirs, ...mapping)).toMatchObject({ done: true, mapped: 1 });
  });

  it('ends a watch with Ctrl-C: a success with the last state', async () => {
    const watching = prakat.start(['watch', '--json']);
    await vi.waitFor(() => expect(watching.said()).toContain('hall-one'), { timeout: 10_000 });
    watching.child.kill('SIGINT');
    const { code, out } = await watching.ended;
    expect(code).toBe(0);
    expect(documentOf(out).devices).toMatchObject([{ device: 'hall-one' }]);
  });
});

describe('at the hall, without a server', () => {
  it('prepares a file as the server does, and plays it', async () => {
    const prepared = join(folder, 'prepared.opus');
    const { loudness_clufs, sha256 } = await json('audio', 'prepare', SPEECH, prepared);
    expect(loudness_clufs / 100).toBeCloseTo((await loudnessOf(prepared)).lufs, 0);
    expect(sha256).toBe(await preparedHash());
    const played = await json('audio', 'play', prepared, '--wav', join(folder, 'out.wav'));
    expect(played).toMatchObject({ outcome: 'finished', wav: join(folder, 'out.wav') });
    expect((await stat(join(folder, 'out.wav'))).size).toBeGreaterThan(100_000);
  });

  it('leaves nothing where a file could not be prepared', async () => {
    await writeFile(join(folder, 'not-sound.mp3'), 'สวัสดี');
    const { code, out } = await prakat.run([
      'audio',
      'prepare',
      join(folder, 'not-sound.mp3'),
      join(folder, 'no.opus'),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(documentOf(out).error.code).toBe('upload-not-sound');
    await expect(stat(join(folder, 'no.opus'))).rejects.toThrow('ENOENT');
    await expect(stat(join(folder, 'no.opus.new'))).rejects.toThrow('ENOENT');
  });
});

/** The library names a file by its content, whoever prepared it. */
async function preparedHash(): Promise<string> {
  return (await json('audio', 'prepare', SPEECH, join(folder, 'again.opus'))).sha256;
}

it('a server that is gone is said to be gone, with the cause', async () => {
  server.child.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const { code, out, err } = await prakat.run(['watch', '--once', '--json', '--lang', 'th']);
  expect(code).toBe(1);
  expect(documentOf(out).error.code).toBe('unreachable');
  expect(err).toMatch(/^prakat: ติดต่อ.*ECONNREFUSED.*\n$/);
});

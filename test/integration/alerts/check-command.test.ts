import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { register } from '../../../scripts/commands/alert/alert.ts';
import { CANCEL, FLOOD, inner } from '../../fixtures/cap/fixtures.ts';
import { verbHere } from '../cli/verb-here.ts';

const flood = fileURLToPath(new URL('../../fixtures/cap/flood.cap', import.meta.url));

/** `prakat alert check …` in this process. */
const check = (...words: string[]) => verbHere(['alert', 'check', ...words], register);

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-check-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

it('prints one line per alert, with exactly these members', async () => {
  const both = await file('both.xml', `<alerts>${inner(FLOOD)}${inner(CANCEL)}</alerts>`);
  const none = await file('none.xml', '<alerts/>');
  const { code, out } = await check(both, none, '--json');
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ verdict }) => verdict)).toEqual(['actuate', 'cancel', 'refuse']);
  expect(lines[0]).toEqual({
    file: both,
    identifier: '2.49.0.0.764.0.TH.261126143000.flood',
    sender: 'urn:oid:2.49.0.0.764.0',
    sent: '2026-11-26T14:30:00+07:00',
    status: 'Actual',
    msgType: 'Alert',
    verdict: 'actuate',
    reasons: [],
    signature: 'none',
    language: ['th-TH', 'en-US'],
    audio: 1,
    area: { polygons: 1, circles: 1, geocodes: 2 },
    villages: 0,
  });
  expect(Object.keys(lines[2])).toEqual(Object.keys(lines[0]));
});

it('judges as of --at, and refuses what is no time', async () => {
  expect(JSON.parse((await check(flood, '--json', '--at', '2026-11-26T21:00:00+07:00')).out)).toMatchObject({
    verdict: 'record',
    reasons: ['expired'],
  });
  expect(await check(flood, '--at', 'tomorrow')).toMatchObject({ code: 2 });
});

it.each<[string, string | Uint8Array]>([
  ['CSV', 'code,name,lat,lon\n43020101,ท่าบ่อ,17.85,102.58\n43020102,ไม่มีพิกัด,,\n41010101,อุดร,17.4,102.8\n'],
  [
    'a spreadsheet of Thailand',
    '\ufeffรหัสหมู่บ้าน;ชื่อ;ละติจูด;ลองจิจูด\r\n43020101;ท่าบ่อ;17.85;102.58\r\n43020102;ก;;\r\n',
  ],
  [
    'a spreadsheet with decimal commas and Thai digits, a village of two sites',
    'code;name;site;lat;lon\n๔๓๐๒๐๑๐๑;ท่าบ่อ;ศาลา;17,85;102,58\n43020101;ท่าบ่อ;วัด;17,86;102,59\n43-02-01-02;ก;;;\n',
  ],
  ['JSON', '[{"code":"43020101","lat":17.85,"lon":102.58},{"code":"43020102"}]'],
])('finds the villages of %s', async (_what, content) => {
  const villages = await file('villages', content);
  expect(JSON.parse((await check(flood, '--json', '--villages', villages)).out)).toMatchObject({
    villages: 2,
  });
});

it('says what is wrong with a list of villages, and with a file that is not there', async () => {
  const villages = await file('villages.csv', 'code,lat,lon\n43020101,17.85,102.58\n4302,1,2\n');
  expect(await check(flood, '--villages', villages, '--json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('villages-invalid'),
  });
  const some = await check('/nowhere/x.cap', flood, '--json');
  expect(some).toMatchObject({ code: 1, out: expect.stringContaining('no-file') });
  expect(some.out, 'the other file is judged all the same').toContain('"verdict":"actuate"');
  expect(await check('/nowhere/x.cap', '--json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('no-file'),
  });
});

it('tells people why, in Thai', async () => {
  const bad = await file('bad.cap', FLOOD.replace('>Immediate<', '>Soon<'));
  const { out } = await check(bad, '--lang', 'th');
  expect(out).toContain('ไม่รับ (refuse; ไม่มีลายเซ็น)');
  expect(out).toContain('alert.info[0].urgency, บรรทัด 16: "Soon" ไม่ใช่ค่าที่ CAP กำหนดไว้สำหรับ urgency');
});

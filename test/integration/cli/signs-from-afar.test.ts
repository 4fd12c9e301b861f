import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import type { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { stateWith } from '../../unit/server/requests/province.ts';
import { answersScreens } from '../server/answering-hall.ts';
import { Town } from '../server/town.ts';
import { Prakat } from './prakat.ts';

/** The pictures of signs, by the commands: what is there now, and what would be. */

const FACE = { width: 96, height: 48, depth: 'rgb565' as const, marquee: false };
const LOOK = pngOf({ width: 2, height: 1, rgb: Uint8Array.of(255, 0, 0, 0, 0, 255) });
const SCREEN: Screen = {
  face: FACE,
  ...{
    known: 'confirmed',
    confirmed_at: '2026-11-13T09:00:30.000+07:00',
    since: '2026-11-13T09:00:00.000+07:00',
  },
  ...{ crc: '00c0ffee', picture: 'a', png: LOOK.toString('base64'), unknown: ['moment', 'of-a-newer-hall'] },
  of: { type: 'play', play: 'x', title: 'น้ำท่วม', page: 1, pages: 2, screen: 1, screens: 1 },
  running: {
    ...{ x: 0, y: 0, width: 96, columns: 2, height: 1, pixels_per_second: 60, gap_columns: 96, moved: 3 },
    png: LOOK.toString('base64'),
  },
};

let town: Town;
let prakat: Prakat;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-signs-'));
  town = await Town.found('embedded');
  prakat = await Prakat.built();
  await prakat.logOn(town);
  const hall = await town.hall('hall-mae', '43010101');
  const state = stateWith({ panel: { works: true } }, { sign: FACE });
  await hall.guest?.publish(topicOf('state', hall.topic), JSON.stringify(state), { retain: true });
  await vi.waitFor(async () => expect((await town.row('hall-mae'))?.state?.sign).toEqual(FACE));
  await answersScreens(hall, SCREEN);
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

it('panel show writes what the sign shows, and says what is not known', async () => {
  const out = join(folder, 'now.png');
  const { code, out: said, err } = await prakat.run(['panel', 'show', 'hall-mae', '-o', out, '--lang', 'th']);
  expect(code, err).toBe(0);
  expect(await readFile(out)).toEqual(LOOK);
  expect(await readFile(join(folder, 'now-marquee.png'))).toEqual(LOOK);
  expect(said).toContain('น้ำท่วม: หน้า 1 จาก 2');
  expect(said).toContain('บอร์ดยืนยัน');
  expect(said).toContain('ตำแหน่งของข้อความวิ่งคำนวณจากเวลา');

  const large = await prakat.run(['panel', 'show', 'hall-mae', '-o', out, '--scale', '4', '--json']);
  expect(JSON.parse(large.out)).toMatchObject({ device: 'hall-mae', known: 'confirmed', png: out });
  expect((await readFile(out)).subarray(16, 24)).toEqual(Buffer.from([0, 0, 0, 8, 0, 0, 0, 4]));
});

it('panel show of a hall that is not there says so', async () => {
  const { code, err } = await prakat.run(['panel', 'show', 'hall-none', '--lang', 'en']);
  expect(code).toBe(1);
  expect(err).toContain('hall-none');
});

it('panel preview writes each look of a push, for the signs of the halls', async () => {
  const out = join(folder, 'soon');
  const said = ['--text', 'ระวังน้ำท่วม 水', '--title', 'เตือนภัย', '--out', out];
  const {
    code,
    out: text,
    err,
  } = await prakat.run(['panel', 'preview', '--to', '4301', ...said, '--lang', 'en']);
  expect(code, err).toBe(0);
  expect(text).toContain('halls with these signs: 1;');
  expect(text).toContain('no sign can show: 水');
  const files = (await readdir(folder)).filter((name) => name.startsWith('soon-96x48-'));
  expect(files.length).toBeGreaterThan(0);
  expect((await readFile(join(folder, files[0] ?? ''))).subarray(16, 24)).toEqual(
    Buffer.from([0, 0, 0, 96, 0, 0, 0, 48]),
  );
  const wrong = await prakat.run(['panel', 'preview', '--size', 'large', ...said]);
  expect(wrong.code).toBe(2);
});

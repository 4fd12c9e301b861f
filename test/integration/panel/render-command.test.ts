import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { rotated } from '../../../device/panel/geometry/rotation.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { run } from '../../../scripts/cli/run.ts';
import { registerRender } from '../../../scripts/commands/panel/render.ts';
import { readQr } from '../../unit/panel/picture/qr-reading.ts';
import { bundlePainterChild } from '../child-bundle.ts';

let childPath: string;
let folder: string;
let printed: string[];
beforeAll(async () => {
  childPath = await bundlePainterChild('render-command');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-render-'));
  printed = [];
  const keep = (text: unknown) => printed.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const render = (...options: string[]) =>
  run(
    ['panel', 'render', '--png', join(folder, 'page.png'), ...options],
    [(program, cli) => registerRender(program.command('panel'), cli, () => childPath)],
  );

test('a page of several screens becomes as many PNG files of the size of the sign', async () => {
  const text = 'ไม่เชื่อ ไม่รีบ ไม่โอน หากสงสัยว่าถูกหลอกลวงทางออนไลน์';
  expect(
    await render('--text', text, '--title', 'เตือนภัย', '--size', '128x64', '--scale', '2', '--json'),
  ).toBe(0);
  const { screens, ...size } = JSON.parse(printed.join(''));
  expect(size).toEqual({ width: 128, height: 64 });
  expect(screens.length).toBeGreaterThan(1);
  expect(screens[1]).toEqual({
    png: join(folder, 'page-2.png'),
    ms: expect.any(Number),
    crc: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  expect(readdirSync(folder)).toHaveLength(screens.length);
  const header = readFileSync(join(folder, 'page-2.png')).subarray(16, 24);
  expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([256, 128]);
});

/** The document and the pixels of each PNG. */
async function rendered(...options: string[]) {
  printed = [];
  expect(await render('--json', ...options), printed.join('')).toBe(0);
  const document = JSON.parse(printed.join(''));
  const pixelsOf = async (path: string): Promise<Bitmap> => {
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: Uint8Array.from(data) };
  };
  const bitmaps: Bitmap[] = await Promise.all(
    document.screens.map(({ png }: { png: string }) => pixelsOf(png)),
  );
  return { document, bitmaps };
}

const logo = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: '#e00000' } })
    .png()
    .toFile(join(folder, 'logo.png'));

test('words, a picture left of them and a QR code that a phone reads, at every depth', async () => {
  await logo();
  const page = ['--text', 'แจ้งเหตุ', '--picture', join(folder, 'logo.png'), '--qr', 'tel:1784'];
  for (const depth of ['rgb565', 'rgb111', 'mono']) {
    const { bitmaps } = await rendered(...page, '--size', '192x96', '--depth', depth);
    const [bitmap] = bitmaps;
    if (bitmap === undefined || bitmaps.length !== 1) throw new Error(`${bitmaps.length} screens`);
    for (const read of readQr(bitmap)) expect(read).toBe('tel:1784');
    const corner = [...bitmap.rgb.subarray(3 * (192 * 48 + 20), 3 * (192 * 48 + 21))];
    expect(corner[0]).toBeGreaterThan(depth === 'rgb565' ? 200 : -1);
    if (depth !== 'rgb565') expect(new Set(bitmap.rgb)).toEqual(new Set([0, 255]));
  }
});

test('a GIF becomes a run of screens, and a preview moves', async () => {
  const colours = ['#f00', '#0f0', '#00f'];
  const frames = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [500, 500, 1_000] })
    .toBuffer();
  writeFileSync(join(folder, 'turn.gif'), gif);
  const preview = join(folder, 'preview.gif');
  const { document } = await rendered(
    '--text',
    'ลม',
    '--picture',
    join(folder, 'turn.gif'),
    '--seconds',
    '4',
    '--preview',
    preview,
  );
  expect(document.screens.map(({ ms }: { ms: number }) => ms)).toEqual([500, 500, 1_000, 500, 500, 1_000]);
  expect(document.screens[3].crc).toBe(document.screens[0].crc);
  expect(await sharp(preview, { animated: true }).metadata()).toMatchObject({
    pages: 6,
    delay: [500, 500, 1_000, 500, 500, 1_000],
  });
});

test('words that run through: the strip is a PNG of its own, and the preview runs it', async () => {
  const text = 'ขอให้ประชาชนบริเวณที่ลุ่มริมแม่น้ำโขง ยกของขึ้นที่สูง เตรียมไฟฉาย น้ำดื่ม ยาประจำตัว';
  const preview = join(folder, 'preview.gif');
  const { document } = await rendered('--text', text, '--size', '64x32', '--marquee', '--preview', preview);
  const [{ marquee, ms }] = document.screens;
  expect(marquee).toMatchObject({
    png: join(folder, 'page-marquee.png'),
    crc: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  expect(marquee.columns).toBeGreaterThan(64);
  const strip = readFileSync(marquee.png).subarray(16, 24);
  expect(strip.readUInt32BE(0)).toBe(marquee.columns);
  const { pages = 0 } = await sharp(preview, { animated: true }).metadata();
  expect(pages).toBe(Math.ceil(ms / 100));
  // Without a marquee the same words stand on several screens.
  expect((await rendered('--text', text, '--size', '64x32')).document.screens.length).toBeGreaterThan(1);
});

test('the idle page of a given moment', async () => {
  const at = ['--clock', '2026-11-26T09:30:00', '--place', 'บ้านโนนสูง'];
  const { document } = await rendered(...at);
  const again = await rendered(...at);
  const later = await rendered('--clock', '2026-11-26T09:31:00', '--place', 'บ้านโนนสูง');
  expect(document.screens).toHaveLength(1);
  expect(again.document.screens[0].crc).toBe(document.screens[0].crc);
  expect(later.document.screens[0].crc).not.toBe(document.screens[0].crc);
});

test('a sign that hangs on its side: laid out for the street, written as its own rows take it', async () => {
  const page = ['--text', 'ระวังไฟป่า', '--seconds', '10'];
  const street = await rendered(...page, '--size', '64x128');
  const own = await rendered(...page, '--size', '128x64', '--rotate', '90');
  expect(own.document).toMatchObject({ width: 128, height: 64 });
  expect(own.bitmaps.map((bitmap) => rotated(bitmap, 1))).toEqual(street.bitmaps);
});

test.each<[string, (folder: string) => string[], string, string]>([
  ['no picture', () => ['--picture', '/nowhere/ภาพ.png'], 'no-file', '/nowhere/ภาพ.png'],
  ['no picture inside', (at) => ['--picture', join(at, 'text.png')], 'picture-undecodable', '--picture'],
  ['a sign too small for the code', () => ['--size', '64x24', '--qr', 'tel:1784'], 'qr-unfit', '--qr'],
])('what cannot be shown is named with its place, in both languages: %s', async (_, options, code, place) => {
  writeFileSync(join(folder, 'text.png'), 'ประกาศ');
  expect(await render('--json', '--text', 'น้ำท่วม', ...options(folder))).toBe(1);
  const { error } = JSON.parse(printed.join(''));
  expect(error.code).toBe(code);
  expect(JSON.stringify(error)).toContain(place);
  expect(error.th).toMatch(/[ก-ฮ]/);
  if (code === 'picture-undecodable') expect(error.th).toContain('ไม่ใช่ PNG, JPEG หรือ GIF');
  expect(readdirSync(folder)).toEqual(['text.png']);
});

test.each([
  ['nothing to show', []],
  ['a time that is none', ['--clock', 'yesterday']],
  ['a turn that is none', ['--text', 'ก', '--rotate', '45']],
  ['a depth that is none', ['--text', 'ก', '--depth', 'cmyk']],
  ['a code of 301 letters', ['--text', 'ก', '--qr', 'ก'.repeat(301)]],
  ['an empty code', ['--text', 'ก', '--qr', '']],
  ['no text', ['--text', '']],
  ['a size that is none', ['--text', 'ก', '--size', '128']],
  ['a size beyond any sign', ['--text', 'ก', '--size', '9999x9999']],
  ['a band that is none', ['--text', 'ก', '--band', '41']],
  ['text of 100,000 characters', ['--text', 'ก'.repeat(100_000)]],
])('wrong usage: %s', async (_, options) => {
  expect(await render(...options)).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

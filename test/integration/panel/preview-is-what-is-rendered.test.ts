import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Page } from '../../../firmware-protocol/content/announcement.ts';
import { registerRender } from '../../../scripts/commands/panel/render.ts';
import samples from '../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { SignPainterProcess } from '../../../server/drivers/signs/sign-painter.ts';
import { systemClock } from '../../../server/drivers/system-clock.ts';
import { silent } from '../../unit/server/office.ts';
import { bundlePainterChild, bundleSignPainter } from '../child-bundle.ts';
import { verbHere } from '../cli/verb-here.ts';

/** The preview is what a hall's own painter makes: the files of `prakat panel render`, byte for byte. */

let folder: string;
let childPath: string;
let painter: SignPainterProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-preview-'));
  childPath = await bundlePainterChild('preview-rendered');
  const ours = await bundleSignPainter('preview-rendered');
  painter = new SignPainterProcess({ childPath: () => ours, clock: systemClock(), log: silent });
});
afterAll(async () => {
  await painter.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.restoreAllMocks());

interface Rendered {
  screens: { png: string; ms: number; crc: string; marquee?: { png: string; columns: number } }[];
}

async function rendered(options: string[]): Promise<Rendered> {
  const { code, out } = await verbHere(
    ['panel', 'render', '--json', '--png', join(folder, 'page.png'), ...options],
    (program, cli) => registerRender(program.command('panel'), cli, () => childPath),
  );
  expect(code, out).toBe(0);
  return JSON.parse(out);
}

const base64Of = (path: string) => readFileSync(path).toString('base64');

/** What both make of a page, in one form. */
async function both(
  page: Page,
  size: string,
  more: { band?: 40 | 90; depth?: 'mono' | 'rgb111'; marquee?: true; picture?: string } = {},
) {
  const { band = 40, depth = 'rgb565', marquee, picture } = more;
  const options = [
    ...[
      '--text',
      page.text,
      '--size',
      size,
      '--band',
      String(band),
      '--depth',
      depth,
      '--seconds',
      String(page.seconds),
    ],
    ...(page.title ? ['--title', page.title] : []),
    ...(page.hotline ? ['--hotline', page.hotline] : []),
    ...(page.qr ? ['--qr', page.qr] : []),
    ...(picture ? ['--picture', picture] : []),
    ...(marquee ? ['--marquee'] : []),
  ];
  const { screens } = await rendered(options);
  const [width = 0, height = 0] = size.split('x').map(Number);
  const face = { width, height, depth, marquee: marquee === true } as const;
  const made = await painter.paint({ face, page, band, ...(picture && { picture }) }, 'somchai');
  return {
    ours: made.screens.map(({ picture: at, ms, crc, running }) => ({
      ...{ ms, crc, png: made.pictures[at] },
      strip: running && { columns: running.columns, png: made.pictures[running.picture] },
    })),
    rendered: screens.map(({ png, ms, crc, marquee: strip }) => ({
      ...{ ms, crc, png: base64Of(png) },
      strip: strip && { columns: strip.columns, png: base64Of(strip.png) },
    })),
    made,
  };
}

const TRIED = samples.texts.filter(({ id }) => ['scam-1', 'flood-1', 'marks-1'].includes(id));

test.each(TRIED)('words on signs of every kind: $id', async ({ title, text }) => {
  const page = Page.parse({ title, text, hotline: 'สายด่วน 1441' });
  for (const [size, more] of [
    ['64x32', {}],
    ['128x64', { band: 90 }],
    ['192x96', { depth: 'rgb111' }],
    ['128x16', { depth: 'mono', marquee: true }],
  ] as const) {
    const { ours, rendered: theirs } = await both(page, size, more);
    expect(ours).toEqual(theirs);
  }
});

test('words beside a picture and a QR code', async () => {
  const picture = join(folder, 'logo.png');
  await sharp({ create: { width: 40, height: 40, channels: 3, background: '#e07313' } })
    .png()
    .toFile(picture);
  const page = Page.parse({
    text: 'แจ้งเหตุ',
    qr: 'tel:1784',
    picture: { type: 'picture', sha256: 'a'.repeat(64), bytes: 100 },
  });
  const { ours, rendered: theirs, made } = await both(page, '192x96', { picture });
  expect(ours).toEqual(theirs);
  expect(made.leftOut).toEqual([]);
});

test('what a hall would leave out is left out and told, and so is what cannot be read', async () => {
  const lost = join(folder, 'not-a-picture');
  writeFileSync(lost, 'ไม่ใช่ภาพ');
  const page = Page.parse({
    text: '水 ท่วม คอมพิวเตอร์ 🌊',
    qr: 'https://www.example.go.th/a/rather/long/address/that/needs/many/modules',
    picture: { type: 'picture', sha256: 'a'.repeat(64), bytes: 100 },
  });
  const face = { width: 48, height: 32, depth: 'rgb565' as const, marquee: false };
  const told = await painter.paint({ face, page, band: 40, picture: lost }, 'somchai');
  expect(told.leftOut.map(({ part }) => part).sort()).toEqual(['picture', 'qr']);
  expect(told.words).toEqual([
    { kind: 'unshown', what: ['水'] },
    { kind: 'ornaments', what: ['🌊'] },
    { kind: 'cut', what: ['คอมพิวเตอร์'] },
  ]);
  expect(told.screens.length).toBeGreaterThan(0);
});

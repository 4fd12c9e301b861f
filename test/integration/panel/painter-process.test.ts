import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import type { PaintRequest } from '../../../device/sign-ports.ts';
import { bundlePainterChild } from '../child-bundle.ts';
import { inkBox } from './pixels.ts';

let childPath: string;
let folder: string;
let painter: ChildTextPainter | undefined;
beforeAll(async () => {
  childPath = await bundlePainterChild('painter-process');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-painter-'));
});
afterEach(() => {
  painter?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A program in the painter's place, to misbehave. */
function impostor(source: string): string {
  const path = join(folder, 'impostor.mjs');
  writeFileSync(path, source);
  return path;
}

const page = (text: string): PaintRequest => ({
  width: 128,
  height: 64,
  depth: 'rgb565',
  marquee: false,
  content: { type: 'page', page: { text, seconds: 10 }, band: 40 },
});
const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('paints a page, keeps it, and paints the next one in the same process', async () => {
  painter = new ChildTextPainter({ childPath });
  const [screen] = await painter.paint(page('น้ำท่วม'));
  const first = painter.pid;
  expect(screen?.bitmap).toMatchObject({ width: 128, height: 64 });
  expect(screen && inkBox(screen.bitmap)).toBeDefined();
  expect(await painter.paint(page('น้ำท่วม'))).toEqual([screen]);
  await painter.paint(page('ไฟป่า'));
  expect(painter.pid).toBe(first);
});

test('many pages asked for at once all come, each its own', async () => {
  painter = new ChildTextPainter({ childPath });
  const texts = ['ที่นี่', 'บ้าน', 'วัด', 'โรงเรียน', 'อนามัย'];
  const painted = await Promise.all(texts.map((text) => painter?.paint(page(text))));
  const pictures = painted.map((screens) => Buffer.from(screens?.[0]?.bitmap.rgb ?? []).toString('base64'));
  expect(new Set(pictures).size).toBe(texts.length);
});

test('the idle page: time, day and village, on a dark ground', async () => {
  painter = new ChildTextPainter({ childPath });
  const content = {
    type: 'idle',
    time: '18.30 น.',
    dates: ['ศ. 13 พ.ย. 2569', '13 พ.ย.'],
    place: 'บ้านโนนสว่าง',
  } as const;
  const screens = await painter.paint({
    width: 128,
    height: 64,
    depth: 'rgb565',
    marquee: false,
    content: { ...content, dates: [...content.dates] },
  });
  expect(screens).toHaveLength(1);
  const box = screens[0] && inkBox(screens[0].bitmap);
  expect(box && box.bottom - box.top).toBeGreaterThan(48);
});

test('is let go when there is nothing to paint, and started again for the next page', async () => {
  painter = new ChildTextPainter({ childPath, idleMs: 20 });
  await painter.paint(page('หนึ่ง'));
  const first = painter.pid;
  await expect.poll(() => isAlive(first), { timeout: 5_000 }).toBe(false);
  expect(painter.pid).toBeUndefined();
  await painter.paint(page('สอง'));
  expect(painter.pid).not.toBe(first);
});

test('a painter that hangs is killed at the deadline, and the next page gets a new one', async () => {
  painter = new ChildTextPainter({ childPath: impostor('setInterval(() => {}, 1000)'), deadlineMs: 300 });
  const painting = painter.paint(page('ค้าง'));
  const hung = painter.pid;
  await expect(painting).rejects.toMatchObject({ code: 'painter-failed', context: { reason: 'deadline' } });
  await vi.waitFor(() => expect(isAlive(hung)).toBe(false));
  await expect(painter.paint(page('ค้าง'))).rejects.toMatchObject({ code: 'painter-failed' });
});

test('a painter that dies fails the page with what it said', async () => {
  painter = new ChildTextPainter({ childPath: impostor('console.error("no font"); process.exit(3)') });
  await expect(painter.paint(page('ตาย'))).rejects.toMatchObject({
    code: 'painter-failed',
    context: { reason: 'ended with 3', said: expect.stringContaining('no font') },
  });
});

test('a painter that floods nonsense is killed, nothing grows', async () => {
  const flood =
    'process.stdin.resume(); setInterval(() => process.stdout.write(Buffer.alloc(65536, 255)), 1)';
  painter = new ChildTextPainter({ childPath: impostor(flood) });
  await expect(painter.paint(page('ท่วม'))).rejects.toMatchObject({
    code: 'painter-failed',
    context: { reason: expect.stringContaining('not an answer') },
  });
});

test('a page beyond the queue is refused at once', async () => {
  painter = new ChildTextPainter({ childPath: impostor('setInterval(() => {}, 1000)'), deadlineMs: 200 });
  const asked = Array.from({ length: 65 }, (_, index) => painter?.paint(page(`หน้า ${index}`)));
  await expect(asked[64]).rejects.toMatchObject({ context: { reason: 'queue full' } });
  for (const each of asked) each?.catch(() => undefined);
  painter.close();
});

test('a painter that cannot even start says why, also behind a long trace', async () => {
  const trace = Array.from(
    { length: 10 },
    (_, n) => `    at place (file:///some/long/path/to/module-${n}.js:1:1)`,
  );
  const words = ['Error: libvips is missing', ...trace, '', 'Node.js v20'].join('\n');
  painter = new ChildTextPainter({
    childPath: impostor(`process.stderr.write(${JSON.stringify(words)}); process.exitCode = 1;`),
  });
  await expect(painter.paint(page('ก'))).rejects.toMatchObject({
    code: 'painter-failed',
    context: { reason: 'ended with 1', said: expect.stringContaining('libvips is missing') },
  });
});

test.each([
  ['mono', ['0,0,0', '255,255,255']],
  ['rgb111', ['0,0,0', '0,0,255', '0,255,0', '255,255,255']],
] as const)(
  'what runs through a sign of %s lamps comes with its screen, lit or dark',
  async (depth, colours) => {
    painter = new ChildTextPainter({ childPath });
    const text = 'ไม่เชื่อ ไม่รีบ ไม่โอน หากสงสัยว่าถูกหลอกลวงทางออนไลน์';
    const [screen, ...more] = await painter.paint({
      width: 64,
      height: 16,
      depth,
      marquee: true,
      content: { type: 'page', page: { title: 'เตือนภัย', text, hotline: '1441', seconds: 5 }, band: 40 },
    });
    expect(more).toEqual([]);
    expect(screen?.bitmap).toMatchObject({ width: 64, height: 16 });
    expect(screen && inkBox(screen.bitmap)).toBeUndefined();
    const { strip, ...moves } = screen?.marquee ?? expect.fail('nothing runs');
    expect(moves).toEqual({ x: 0, y: 0, width: 64, pixelsPerSecond: 48, gapColumns: 64 });
    expect(strip.height).toBe(16);
    expect(strip.rgb).toHaveLength(strip.width * 16 * 3);
    const seen = new Set<string>();
    for (let at = 0; at < strip.rgb.length; at += 3) seen.add(strip.rgb.subarray(at, at + 3).join());
    expect([...seen].sort()).toEqual(colours);
  },
);

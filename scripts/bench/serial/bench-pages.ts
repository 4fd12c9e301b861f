import { type BoardPage, boardPage } from '../../../device/board/board-pixels.ts';
import { textPainterChildPath } from '../../../device/drivers/painter/path.ts';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import type { Bitmap, Marquee, PaintedScreen } from '../../../device/sign-ports.ts';

/** The sign of the figures: what most villages have. */
export const BENCH_SIGN = { width: 128, height: 64 };

/** Three rows each, as a village reads them: head, message, number to call. No two have a row in common. */
const TEXTS = [
  { title: 'ภัยออนไลน์', text: 'อย่าโอนเงินให้ใคร', hotline: 'AOC 1441' },
  { title: 'อากาศหนาว', text: 'ดูแลผู้สูงอายุ', hotline: 'โทร 1669' },
  { title: 'วัคซีนฟรี', text: 'ทุกวันพุธ รพ.สต.', hotline: 'โทร 1422' },
  { title: 'งดเผาขยะ', text: 'ฝุ่นเกินมาตรฐาน', hotline: 'โทร 1362' },
];

/** Runs through, since it is one line of a large script on a low sign. */
const RUNNING = 'ขอเชิญพี่น้องชาวบ้านร่วมประชุมประจำเดือนที่ศาลากลางบ้าน วันเสาร์นี้ เวลา ๐๙.๐๐ น.';
const RUNNING_STRIP = { width: 1_024, height: 32 };

export interface BenchPages {
  texts: Bitmap[];
  running: { page: Bitmap; marquee: Marquee };
  photo: Bitmap[];
  noise: Bitmap[];
}

/** The painter of the agent draws the texts; pictures are made here, so that a clone needs no files. */
export async function benchPages(): Promise<BenchPages> {
  const painter = new ChildTextPainter({ childPath: textPainterChildPath() });
  try {
    const texts: Bitmap[] = [];
    for (const words of TEXTS) texts.push(only(await paint(painter, words)).bitmap);
    return {
      texts,
      running: await runningPage(painter),
      photo: [0, 1, 2, 3].map((seed) => madeUpPhoto(seed)),
      noise: [0, 1, 2, 3].map(() => noiseBitmap()),
    };
  } finally {
    painter.close();
  }
}

function paint(painter: ChildTextPainter, words: (typeof TEXTS)[number]): Promise<PaintedScreen[]> {
  const face = { ...BENCH_SIGN, depth: 'rgb565', marquee: false } as const;
  return painter.paint({ ...face, content: { type: 'page', band: 40, page: { ...words, seconds: 10 } } });
}

/** What is compared is one page: a text that became several would be another job. */
function only(screens: PaintedScreen[]): PaintedScreen {
  const [screen, ...more] = screens;
  if (screen === undefined || more.length > 0) throw new Error(`${screens.length} screens of one page`);
  return screen;
}

/** The layout decides what runs through; a sentence in one row of 64 lamps' height always would. */
async function runningPage(painter: ChildTextPainter): Promise<BenchPages['running']> {
  const strip = await stripOf(painter);
  const { width, height } = BENCH_SIGN;
  const marquee = { strip, x: 0, y: (height - strip.height) / 2, width, pixelsPerSecond: 60, gapColumns: 32 };
  return { page: { width, height, rgb: new Uint8Array(width * height * 3) }, marquee };
}

/** The sentence in one row, as wide as it is, drawn by the painter on a sign that is wide enough. */
async function stripOf(painter: ChildTextPainter): Promise<Bitmap> {
  const face = { ...RUNNING_STRIP, depth: 'rgb565', marquee: false } as const;
  const content = { type: 'page', band: 40, page: { text: RUNNING, seconds: 10 } } as const;
  return only(await painter.paint({ ...face, content })).bitmap;
}

/** Shading, edges, and the grain of a sensor: what makes a photograph a photograph to a compressor. */
function madeUpPhoto(seed: number): Bitmap {
  const { width, height } = BENCH_SIGN;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let colour = 0; colour < 3; colour++) {
        const shade = 110 + 70 * Math.sin((x + seed * 17) / 19 + colour) + 50 * Math.cos(y / 11 - colour);
        const edge = (x - 64) ** 2 + (y - 30 - seed) ** 2 < 400 ? 40 : 0;
        const grain = (Math.random() + Math.random() - 1) * 24;
        rgb[(y * width + x) * 3 + colour] = Math.max(0, Math.min(255, shade + edge + grain));
      }
  return { width, height, rgb };
}

function noiseBitmap(): Bitmap {
  const { width, height } = BENCH_SIGN;
  return { width, height, rgb: crypto.getRandomValues(new Uint8Array(width * height * 3)) };
}

export function noisePage(): BoardPage {
  return boardPage(noiseBitmap());
}

import { stat } from 'node:fs/promises';
import { type QuarterTurns, turnedSize } from '../../../device/panel/geometry/rotation.ts';
import { thaiDates } from '../../../device/panel/layout/thai-date.ts';
import type { Depth, PaintRequest } from '../../../device/sign-ports.ts';
import { ANNOUNCEMENT_LIMITS, Page } from '../../../firmware-protocol/content/announcement.ts';
import { Band } from '../../../firmware-protocol/content/band.ts';
import { epochMsOfLocal, LocalTime } from '../../../firmware-protocol/content/instant.ts';
import { thaiTime } from '../../../firmware-protocol/content/thai-clock.ts';
import { faultsOf } from '../../../server/faults/zod-faults.ts';
import { counted } from '../../cli/counted.ts';
import { Failed, Misused } from '../../cli.ts';

/** What the person gave, as commander hands it on. */
export interface RenderOptions {
  text?: string;
  title?: string;
  hotline?: string;
  picture?: string;
  qr?: string;
  band: string;
  seconds: number;
  clock?: string | true;
  place?: string;
  size: string;
  depth: Depth;
  rotate: string;
  marquee?: true;
  scale: number;
  png: string;
  preview?: string;
}

/** Wider and higher than any sign met in the field. */
const LARGEST_SIGN = { width: 1024, height: 512 } as const;

/** What the painter is asked for, and how the sign hangs. Rejects Misused, and Failed for a picture that is not there. */
export async function readRequest(
  options: RenderOptions,
): Promise<{ request: PaintRequest; turns: QuarterTurns }> {
  const turns = TURNS[options.rotate] ?? 0;
  const face = {
    ...turnedSize(readSize(options.size), turns),
    depth: options.depth,
    // As TurnedPanel: a sign scrolls along its own rows only.
    marquee: options.marquee === true && turns === 0,
  };
  const content =
    options.clock === undefined ? await pageOf(options) : idleOf(options.clock, options.place ?? '');
  return { request: { ...face, content }, turns };
}

const TURNS: Record<string, QuarterTurns> = { '0': 0, '90': 1, '180': 2, '270': 3 };

async function pageOf(options: RenderOptions): Promise<PaintRequest['content']> {
  if (options.text === undefined)
    throw new Misused({ en: 'render needs --text or --clock', th: 'ต้องระบุ --text หรือ --clock' });
  const page = readPage(options.text, options);
  const band = Band.parse(Number(options.band));
  const picture = options.picture && (await checkedPicture(options.picture));
  return { type: 'page', page, band, ...(picture && { picture }) };
}

function idleOf(clock: string | true, place: string): PaintRequest['content'] {
  const at = clock === true ? Date.now() : localTime(clock);
  return { type: 'idle', time: thaiTime(at), dates: thaiDates(at), place };
}

function localTime(text: string): number {
  const read = LocalTime.safeParse(text);
  if (read.success) return epochMsOfLocal(read.data);
  throw new Misused({
    en: '--clock takes a local time such as 2026-11-13T18:30:00',
    th: '--clock เขียนเวลาแบบ 2026-11-13T18:30:00',
  });
}

function readPage(text: string, { title, hotline, qr, seconds }: RenderOptions): Page {
  const said = {
    text: text.replaceAll('\\n', '\n'),
    seconds,
    ...(title && { title }),
    ...(hotline && { hotline }),
    ...(qr !== undefined && { qr }),
  };
  const page = Page.safeParse(said);
  if (page.success) return page.data;
  const [fault] = faultsOf(page.error, said);
  throw new Misused({ en: `--${fault?.path}: ${fault?.en}`, th: `--${fault?.path}: ${fault?.th}` });
}

async function checkedPicture(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Failed(
      { en: `--picture: cannot read ${path}`, th: `--picture: อ่านไฟล์ ${path} ไม่ได้` },
      { code: 'no-file', cause },
    );
  });
  const most = ANNOUNCEMENT_LIMITS.pictureBytes;
  if (found.size <= most) return path;
  throw new Failed({
    en: `--picture: ${path} has ${counted(found.size, 'byte')}, a picture of a document at most ${most}`,
    th: `--picture: ${path} มี ${found.size} ไบต์ ภาพในเอกสารมีได้ไม่เกิน ${most} ไบต์`,
  });
}

function readSize(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const fits =
    size.width >= 16 &&
    size.height >= 16 &&
    size.width <= LARGEST_SIGN.width &&
    size.height <= LARGEST_SIGN.height;
  if (fits) return size;
  const most = `${LARGEST_SIGN.width}x${LARGEST_SIGN.height}`;
  throw new Misused({
    en: `--size is WIDTHxHEIGHT, from 16x16 to ${most}`,
    th: `--size เขียนแบบ กว้างxสูง ตั้งแต่ 16x16 ถึง ${most}`,
  });
}

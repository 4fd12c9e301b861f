import { DeviceError } from '../../errors.ts';
import type { ScreenLayout, Size } from '../layout/screen.ts';
import { TYPE_SIZES } from '../layout/type-sizes.ts';
import {
  countOf,
  type Figures,
  type Plate,
  pictureIn,
  qrIn,
  type Room,
  type Split,
  splitsOf,
} from './figure-split.ts';
import { shownSize } from './picture.ts';
import { leastQrLamps, qrFor } from './qr-code.ts';

/** Words laid into an area of their own, decided but not drawn. */
export interface WordScreen {
  layout: ScreenLayout;
  ms: number;
}

export interface PageScreen extends WordScreen {
  plates: Plate[];
}

/** The words of a page. */
export interface PageWords {
  /** Laid into an area, to stand for so many seconds altogether. */
  lay: (area: Size, seconds: number) => WordScreen[];
  /** Columns below which a word or the hotline would be broken. */
  leastWidth: number;
}

/** A picture by itself is seen at a glance; for a QR code a phone must be taken out, unlocked and held up. */
const STANDS = { pictureMs: 3_000, qrMs: 10_000 } as const;

/**
 * The screens of a page with figures: beside the words, or above them where the sign is tall. A figure gets a screen of its
 * own where the words would be broken or set too small beside it, or would take even more screens: the picture before the
 * words, the QR code after them. Throws DeviceError `qr-unfit`.
 */
export function planPage(size: Size, figures: Figures, seconds: number, words: PageWords): PageScreen[] {
  const { picture, qr } = figures;
  const alone = words.lay(size, seconds);
  for (const beside of [{ picture, qr }, { qr }, { picture }]) {
    if (countOf(beside) === 0) continue;
    const mostScreens = alone.length + countOf(beside);
    const split = splitsOf(size, beside).find(({ words: room }) => {
      if (room.width < words.leastWidth) return false;
      const laid = words.lay(sizeOf(room), seconds);
      return laid.length <= mostScreens && leastPx(laid) >= Math.min(TYPE_SIZES.compact, leastPx(alone));
    });
    if (split === undefined) continue;
    const own = ownScreens(size, {
      ...(beside.picture === undefined && { picture }),
      ...(beside.qr === undefined && { qr }),
    });
    return inTurn(own, seconds, (rest) => besideWords(split, rest, words));
  }
  return inTurn(ownScreens(size, figures), seconds, (rest) =>
    words.lay(size, rest).map((screen) => ({ ...screen, plates: [] })),
  );
}

function leastPx(screens: WordScreen[]): number {
  return Math.min(...screens.flatMap(({ layout }) => layout.lines.map(({ px }) => px)));
}

function sizeOf({ width, height }: Room): Size {
  return { width, height };
}

function besideWords({ plates, words: room }: Split, seconds: number, words: PageWords): PageScreen[] {
  const screens = words
    .lay(sizeOf(room), seconds)
    .map(({ layout, ms }) => ({ layout: moved(layout, room), plates, ms }));
  if (!plates.some(({ of }) => of === 'qr')) return screens;
  const total = screens.reduce((sum, { ms }) => sum + ms, 0);
  const stretch = Math.max(1, STANDS.qrMs / total);
  return screens.map((screen) => ({ ...screen, ms: Math.round(screen.ms * stretch) }));
}

interface Own {
  before: Plate[];
  after: Plate[];
}

function ownScreens(size: Size, { picture, qr }: Figures): Own {
  const room: Room = { left: 0, top: 0, ...size };
  return {
    before: picture === undefined ? [] : [pictureIn(room, shownSize(picture, size))],
    after: qr === undefined ? [] : [qrAlone(room, qr)],
  };
}

function qrAlone(room: Room, { text, encode }: NonNullable<Figures['qr']>): Plate {
  const side = Math.min(room.width, room.height);
  const symbol = qrFor(text, side, encode);
  if (symbol !== undefined) return qrIn(room, symbol);
  const least = leastQrLamps(text, encode);
  throw new DeviceError('qr-unfit', { why: `${least} x ${least} > ${room.width} x ${room.height}` });
}

/** The page's time is shared by all its screens; a figure by itself stands at least as long as it needs. */
function inTurn(
  { before, after }: Own,
  seconds: number,
  words: (seconds: number) => PageScreen[],
): PageScreen[] {
  const own = before.length + after.length;
  const shareOf = (laid: number) => seconds / (laid + own);
  const count = words(seconds).length;
  const alone = (leastMs: number) => (plate: Plate) => ({
    layout: { boxes: [], lines: [] },
    plates: [plate],
    ms: Math.max(leastMs, Math.round(1_000 * shareOf(count))),
  });
  return [
    ...before.map(alone(STANDS.pictureMs)),
    ...words(count * shareOf(count)),
    ...after.map(alone(STANDS.qrMs)),
  ];
}

function moved({ boxes, lines, running }: ScreenLayout, { left, top }: Room): ScreenLayout {
  return {
    boxes: boxes.map((box) => ({ ...box, left: box.left + left, top: box.top + top })),
    lines: lines.map((line) => ({ ...line, left: line.left + left, baseline: line.baseline + top })),
    ...(running && { running: { ...running, left: running.left + left, top: running.top + top } }),
  };
}

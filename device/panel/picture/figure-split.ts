import type { Size } from '../layout/screen.ts';
import { type PictureHead, shownSize } from './picture.ts';
import { type QrEncode, type QrSymbol, qrFor, qrLamps } from './qr-code.ts';

/** What a page shows beside its words. */
export interface Figures {
  picture?: PictureHead | undefined;
  qr?: { text: string; encode: QrEncode } | undefined;
}

/** A figure where it will stand: its left upper corner, lamps. */
export type Plate = { left: number; top: number } & (
  | { of: 'picture'; size: Size }
  | { of: 'qr'; symbol: QrSymbol }
);

export interface Room extends Size {
  left: number;
  top: number;
}

/** A sign shared between figures and words. */
export interface Split {
  plates: Plate[];
  words: Room;
}

const SPLIT = {
  /** Dark lamps between a figure and the words. */
  gap: 2,
  /** What one figure may take of the sign; of two each takes less. */
  share: 1 / 2,
  shareOfTwo: 1 / 3,
  /** A picture of fewer rows or columns beside the words is a stain. */
  leastPictureSide: 20,
  /** A QR code beside the words keeps this much of the lamps a module that it would have by itself: size is distance. */
  leastQrShare: 1 / 2,
  /** A sign this much wider than high is shared side by side first. */
  wideFrom: 1.5,
} as const;

export function countOf({ picture, qr }: Figures): number {
  return Number(picture !== undefined) + Number(qr !== undefined);
}

/** The ways to share the sign, the more natural one first; those in which a figure has no room are left out. */
export function splitsOf(size: Size, figures: Figures): Split[] {
  const splits = [sideBySide(size, figures), stacked(size, figures)].flatMap((split) =>
    split !== undefined && isQrLargeEnough(size, figures, split) ? [split] : [],
  );
  return size.width >= SPLIT.wideFrom * size.height ? splits : splits.reverse();
}

function isQrLargeEnough(size: Size, { qr }: Figures, { plates }: Split): boolean {
  const alone = qr && qrFor(qr.text, Math.min(size.width, size.height), qr.encode);
  return plates.every(
    (plate) =>
      plate.of !== 'qr' ||
      alone === undefined ||
      plate.symbol.lampsPerModule >= alone.lampsPerModule * SPLIT.leastQrShare,
  );
}

/** The picture on the left, the words, the QR code on the right. */
function sideBySide(size: Size, figures: Figures): Split | undefined {
  const share = countOf(figures) === 1 ? SPLIT.share : SPLIT.shareOfTwo;
  const made = makeFor(figures, { width: Math.floor(size.width * share), height: size.height });
  if (made === undefined) return undefined;
  const [pictureColumns, qrColumns] = [made.picture?.width ?? 0, made.qr ? qrLamps(made.qr) : 0];
  const left = made.picture === undefined ? 0 : pictureColumns + SPLIT.gap;
  const right = made.qr === undefined ? size.width : size.width - qrColumns - SPLIT.gap;
  return {
    words: { left, top: 0, width: right - left, height: size.height },
    plates: platesOf(
      made,
      { left: 0, top: 0, width: pictureColumns, height: size.height },
      { left: size.width - qrColumns, top: 0, width: qrColumns, height: size.height },
    ),
  };
}

/** The figures in a row above the words. */
function stacked(size: Size, figures: Figures): Split | undefined {
  const width = Math.floor(size.width / countOf(figures));
  const made = makeFor(figures, { width, height: Math.floor(size.height * SPLIT.share) });
  if (made === undefined) return undefined;
  const height = Math.max(made.picture?.height ?? 0, made.qr ? qrLamps(made.qr) : 0);
  const top = height + SPLIT.gap;
  return {
    words: { left: 0, top, width: size.width, height: size.height - top },
    plates: platesOf(
      made,
      { left: 0, top: 0, width, height },
      { left: size.width - width, top: 0, width, height },
    ),
  };
}

interface Made {
  picture?: Size | undefined;
  qr?: QrSymbol | undefined;
}

function makeFor({ picture, qr }: Figures, room: Size): Made | undefined {
  const shown = picture && shownSize(picture, room);
  if (shown !== undefined && Math.min(shown.width, shown.height) < SPLIT.leastPictureSide) return undefined;
  const symbol = qr && qrFor(qr.text, Math.min(room.width, room.height), qr.encode);
  if (qr !== undefined && symbol === undefined) return undefined;
  return { picture: shown, qr: symbol };
}

function platesOf({ picture, qr }: Made, pictureRoom: Room, qrRoom: Room): Plate[] {
  return [...(picture ? [pictureIn(pictureRoom, picture)] : []), ...(qr ? [qrIn(qrRoom, qr)] : [])];
}

/** The picture in the middle of a room. */
export function pictureIn(room: Room, size: Size): Plate {
  return { of: 'picture', size, ...middle(room, size) };
}

export function qrIn(room: Room, symbol: QrSymbol): Plate {
  const side = qrLamps(symbol);
  return { of: 'qr', symbol, ...middle(room, { width: side, height: side }) };
}

function middle(room: Room, size: Size): { left: number; top: number } {
  return {
    left: room.left + Math.floor((room.width - size.width) / 2),
    top: room.top + Math.floor((room.height - size.height) / 2),
  };
}

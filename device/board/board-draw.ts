import { DRAW_HEAD_BYTES } from '../../firmware-protocol/serial/display.ts';
import { FRAME_BYTES } from '../../firmware-protocol/serial/header.ts';
import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import { type Encoding, PIXEL_CODECS } from '../../firmware-protocol/serial/region.ts';
import type { Region } from './board-diff.ts';
import type { BoardPage } from './board-pixels.ts';

export interface DrawLimits {
  /** What the board reads. */
  encodings: readonly Encoding[];
  /** The largest body now; looked at before each piece, since a noisy line wants smaller ones. */
  bodyBytes: () => number;
}

/** The body of `draw-region` and of `strip-draw`. */
export interface DrawnPiece extends Region {
  encoding: Encoding;
  pixels: Uint8Array;
}

/** What a piece costs on the line beside its pixels. */
export const PIECE_BYTES = FRAME_BYTES + DRAW_HEAD_BYTES;

/** The bodies that draw a region of the page, each as large as the line allows and in its smallest encoding. */
export function* drawRegion(page: BoardPage, region: Region, limits: DrawLimits): Generator<DrawnPiece> {
  for (let rest: Region | undefined = region; rest !== undefined; ) {
    const room = Math.max(PIXEL_BYTES, limits.bodyBytes() - DRAW_HEAD_BYTES);
    const piece = nextPiece(page, rest, room, limits.encodings);
    yield piece;
    if (piece.width < rest.width) yield* drawRegion(page, rightOf(rest, piece), limits);
    rest = below(rest, piece);
  }
}

/** Bytes on the line of a region in its smallest encoding, were bodies without a limit. */
export function drawnBytes(page: BoardPage, region: Region, encodings: readonly Encoding[]): number {
  const pixels = pixelsOf(page, region);
  return PIECE_BYTES + Math.min(...encodings.map((encoding) => PIXEL_CODECS[encoding].encode(pixels).length));
}

/** Of the encodings that the board reads, the one that brings a pixel for the fewest bytes. */
function nextPiece(page: BoardPage, rest: Region, room: number, encodings: readonly Encoding[]): DrawnPiece {
  const pieces = encodings.flatMap((encoding) => fitting(page, rest, room, encoding) ?? []);
  return pieces.reduce(
    (best, piece) => (bytesPerPixel(piece) < bytesPerPixel(best) ? piece : best),
    rawPiece(page, rest, room),
  );
}

function bytesPerPixel({ width, height, pixels }: DrawnPiece): number {
  return (PIECE_BYTES + pixels.length) / (width * height);
}

/** Whole rows as they are, or the first of as many equal parts as one row needs: a full frame and a scrap would cost more. */
function rawPiece(page: BoardPage, rest: Region, room: number): DrawnPiece {
  const rows = Math.min(rest.height, Math.floor(room / (rest.width * PIXEL_BYTES)));
  const parts = Math.ceil(rest.width / Math.floor(room / PIXEL_BYTES));
  const region =
    rows > 0 ? { ...rest, height: rows } : { ...rest, width: Math.ceil(rest.width / parts), height: 1 };
  return { ...region, encoding: 'raw', pixels: pixelsOf(page, region) };
}

/** Of a guess of rows that was too large, the next one aims a little below what should fit. */
const AIM = 0.95;

/** As many rows as fit, encoded together; undefined when not even one does. */
function fitting(page: BoardPage, rest: Region, room: number, encoding: Encoding): DrawnPiece | undefined {
  if (encoding === 'raw') return undefined;
  for (let rows = rest.height; rows > 0; ) {
    const region = { ...rest, height: rows };
    const pixels = PIXEL_CODECS[encoding].encode(pixelsOf(page, region));
    if (pixels.length <= room) return { ...region, encoding, pixels };
    rows = Math.min(rows - 1, Math.floor((AIM * rows * room) / pixels.length));
  }
  return undefined;
}

function pixelsOf(page: BoardPage, { x, y, width, height }: Region): Uint8Array {
  const rowBytes = width * PIXEL_BYTES;
  const pixels = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * page.width + x) * PIXEL_BYTES;
    pixels.set(page.pixels.subarray(from, from + rowBytes), row * rowBytes);
  }
  return pixels;
}

/** What is left of the piece's rows. */
function rightOf(rest: Region, piece: Region): Region {
  return { x: rest.x + piece.width, y: piece.y, width: rest.width - piece.width, height: piece.height };
}

function below(rest: Region, piece: Region): Region | undefined {
  const height = rest.height - piece.height;
  return height > 0 ? { ...rest, y: rest.y + piece.height, height } : undefined;
}

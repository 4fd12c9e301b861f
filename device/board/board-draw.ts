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
const PIECE_BYTES = FRAME_BYTES + DRAW_HEAD_BYTES;

/** A region in the encoding in which it is smallest, and its bytes on the line, were bodies without a limit. */
export interface DrawPlan {
  region: Region;
  encoding: Encoding;
  bytes: number;
}

export function planRegion(page: BoardPage, region: Region, encodings: readonly Encoding[]): DrawPlan {
  const raw = pixelsOf(page, region);
  const sizes = encodings.map((encoding) => ({ encoding, size: PIXEL_CODECS[encoding].encode(raw).length }));
  const { encoding, size } = sizes.reduce((best, next) => (next.size < best.size ? next : best), {
    encoding: 'raw',
    size: raw.length,
  });
  return { region, encoding, bytes: PIECE_BYTES + size };
}

/** The bodies that draw a region of the page, each as large as the line allows. */
export function drawRegion(page: BoardPage, region: Region, limits: DrawLimits): Generator<DrawnPiece> {
  return drawPlanned(page, planRegion(page, region, limits.encodings), limits.bodyBytes);
}

/** The same for a region that was planned before. */
export function drawPlanned(
  page: BoardPage,
  { region, encoding }: DrawPlan,
  bodyBytes: DrawLimits['bodyBytes'],
): Generator<DrawnPiece> {
  return piecesOf(page, region, encoding, bodyBytes);
}

/** Rows of the next piece are guessed from the last one, with room to grow: encoding all that is left costs the processor. */
const GROWTH = 2;

function* piecesOf(
  page: BoardPage,
  region: Region,
  encoding: Encoding,
  bodyBytes: DrawLimits['bodyBytes'],
): Generator<DrawnPiece> {
  let mostRows = region.height;
  for (let rest: Region | undefined = region; rest !== undefined; ) {
    const room = Math.max(PIXEL_BYTES, bodyBytes() - DRAW_HEAD_BYTES);
    const piece =
      fitting(page, rest, room, encoding, Math.min(rest.height, mostRows)) ?? rawPiece(page, rest, room);
    yield piece;
    if (piece.width < rest.width) yield* piecesOf(page, rightOf(rest, piece), encoding, bodyBytes);
    mostRows = piece.height * GROWTH;
    rest = below(rest, piece);
  }
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

/** As many rows as fit, up to so many, encoded together; undefined when none does, or raw would be no longer. */
function fitting(
  page: BoardPage,
  rest: Region,
  room: number,
  encoding: Encoding,
  mostRows: number,
): DrawnPiece | undefined {
  if (encoding === 'raw') return undefined;
  for (let rows = mostRows; rows > 0; ) {
    const region = { ...rest, height: rows };
    const raw = pixelsOf(page, region);
    const pixels = PIXEL_CODECS[encoding].encode(raw);
    if (pixels.length <= room)
      return pixels.length < raw.length ? { ...region, encoding, pixels } : undefined;
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

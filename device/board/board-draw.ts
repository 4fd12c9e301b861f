import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { DRAW_HEAD_BYTES } from '../../firmware-protocol/serial/display.ts';
import { encodeRuns, PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import type { Encoding } from '../../firmware-protocol/serial/region.ts';
import type { Region } from './board-diff.ts';
import type { BoardPage } from './board-pixels.ts';

export interface DrawLimits {
  /** What the board reads. */
  encodings: readonly Encoding[];
  /** The largest body now; looked at before each piece, since a noisy line wants smaller ones. */
  bodyBytes: () => number;
}

interface Piece {
  region: Region;
  encoding: Encoding;
  pixels: Uint8Array;
}

/** The bodies that draw a region of the page, each as large as the line allows and in its smallest encoding. */
export function* drawRegion(
  page: BoardPage,
  region: Region,
  limits: DrawLimits,
): Generator<FrameBody<'draw-region'>> {
  for (let rest: Region | undefined = region; rest !== undefined; ) {
    const room = Math.max(PIXEL_BYTES, limits.bodyBytes() - DRAW_HEAD_BYTES);
    const piece = nextPiece(page, rest, room, limits.encodings);
    yield { ...piece.region, encoding: piece.encoding, pixels: piece.pixels };
    if (piece.region.width < rest.width) {
      yield* drawRegion(page, rightOf(rest, piece.region), limits);
    }
    rest = below(rest, piece.region);
  }
}

function nextPiece(page: BoardPage, rest: Region, room: number, encodings: readonly Encoding[]): Piece {
  const rowBytes = rest.width * PIXEL_BYTES;
  if (rowBytes > room) return rawPiece(page, partOfRow(rest, room));
  const rawRows = Math.min(rest.height, Math.floor(room / rowBytes));
  const runs = encodings.includes('run-length') ? runPiece(page, rest, room) : undefined;
  return runs !== undefined && isSmaller(runs, rawRows * rowBytes, rawRows)
    ? runs
    : rawPiece(page, { ...rest, height: rawRows });
}

/** The first of as many equal parts as the row needs: one full frame and a scrap would cost more. */
function partOfRow(rest: Region, room: number): Region {
  const parts = Math.ceil(rest.width / Math.floor(room / PIXEL_BYTES));
  return { ...rest, width: Math.ceil(rest.width / parts), height: 1 };
}

/** Fewer bytes for each row. */
function isSmaller(runs: Piece, rawBytes: number, rawRows: number): boolean {
  return runs.pixels.length * rawRows < rawBytes * runs.region.height;
}

function rawPiece(page: BoardPage, region: Region): Piece {
  return { region, encoding: 'raw', pixels: pixelsOf(page, region) };
}

/** As many rows as fit when each is run-length encoded; undefined when not even one does. */
function runPiece(page: BoardPage, rest: Region, room: number): Piece | undefined {
  const rows: Uint8Array[] = [];
  let bytes = 0;
  while (rows.length < rest.height) {
    const row = encodeRuns(pixelsOf(page, { ...rest, y: rest.y + rows.length, height: 1 }));
    if (bytes + row.length > room) break;
    rows.push(row);
    bytes += row.length;
  }
  if (rows.length === 0) return undefined;
  return { region: { ...rest, height: rows.length }, encoding: 'run-length', pixels: Buffer.concat(rows) };
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

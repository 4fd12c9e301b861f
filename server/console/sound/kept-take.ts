import { PIECE_MS } from '../media/keeping.ts';
import { type RecordingRow, soundOfRecording } from '../media/recordings.ts';
import { joined, type Take } from './take.ts';
import { pcm16Of } from './wav.ts';

/** What is kept of a take: its samples, 16 bits each, as the upload has them. */
export const keptType = (rateHz: number): string => `audio/x-pcm16;rate=${rateHz}`;

const rateOf = (type: string): number => Number(/rate=(\d+)/.exec(type)?.[1]);

/** A recording of before, as it can be cut and sent. */
export async function takeOf(row: RecordingRow): Promise<Take> {
  const samples = new Int16Array(await (await soundOfRecording(row)).arrayBuffer());
  return { samples: Float32Array.from(samples, (sample) => sample / 0x8000), rateHz: rateOf(row.type) };
}

/** Gathers the blocks of a microphone into pieces that are worth a write. */
export class PieceMaker {
  readonly #onPiece: (piece: Blob) => void;
  #blocks: Float32Array[] = [];
  #samples = 0;
  #isOver = false;

  constructor(onPiece: (piece: Blob) => void) {
    this.#onPiece = onPiece;
  }

  /** What a microphone still sends while it is let go of is no part of it. */
  add(blocks: Float32Array[], rateHz: number): void {
    if (this.#isOver) return;
    this.#blocks.push(...blocks);
    for (const { length } of blocks) this.#samples += length;
    if (this.#samples >= (rateHz * PIECE_MS) / 1_000) this.#hand();
  }

  /** Hands on what is left over. */
  end(): void {
    this.#isOver = true;
    this.#hand();
  }

  #hand(): void {
    if (this.#samples > 0) this.#onPiece(new Blob([pcm16Of(joined(this.#blocks))]));
    this.#blocks = [];
    this.#samples = 0;
  }
}

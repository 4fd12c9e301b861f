import {
  addPiece,
  beginRecording,
  eraseRecording,
  type Owner,
  type RecordingRow,
  recordingsOf,
} from './recordings.ts';

/** How much of a speech a crash may take, ms. */
export const PIECE_MS = 2_000;

const lockOf = (id: number): string => `prakat.recording.${id}`;

/**
 * One recording in the hand of a page: written down while it is made, offered to no other window of the same person until it is let go of.
 * A browser that keeps nothing records all the same: `isKept` tells.
 */
export class Keeping {
  readonly #id: Promise<number | undefined>;
  readonly #release: () => void;
  #number = 0;
  #written: Promise<boolean>;

  private constructor(id: Promise<number>) {
    const { promise: held, resolve } = promised();
    this.#release = resolve;
    this.#id = id.then(
      (known) => {
        // A window that is closed or crashes lets go of its locks.
        void navigator.locks.request(lockOf(known), () => held);
        return known;
      },
      () => undefined,
    );
    this.#written = this.#id.then((known) => known !== undefined);
  }

  static begin(owner: Owner, type: string): Keeping {
    return new Keeping(beginRecording(owner, type));
  }

  /** Takes up again what lies there. */
  static of({ id }: RecordingRow): Keeping {
    return new Keeping(Promise.resolve(id));
  }

  /** The next piece. Pieces are written one after the other; behind one that could not be, nothing is. */
  add(piece: Blob): void {
    const number = this.#number++;
    this.#written = this.#written.then(async (isWritten) => {
      const id = await this.#id;
      if (!isWritten || id === undefined) return false;
      return addPiece(id, number, await piece.arrayBuffer()).then(
        () => true,
        () => false,
      );
    });
  }

  /** Whether all of it lies there, once what was added is written. */
  isKept(): Promise<boolean> {
    return this.#written;
  }

  /** It was sent, or is not wanted. */
  async erase(): Promise<void> {
    await this.#written;
    const id = await this.#id;
    this.#release();
    if (id !== undefined) await eraseRecording(id).catch(() => {});
  }

  /** It stays, and is offered again. */
  letGo(): void {
    void this.#written.then(this.#release);
  }
}

/** What the owner recorded, did not send, and has open in no window; the newest first. Nothing where the browser keeps nothing. */
export async function unsentOf(owner: Owner): Promise<RecordingRow[]> {
  try {
    const rows = await recordingsOf(owner);
    const { held = [] } = await navigator.locks.query();
    const names = new Set(held.map(({ name }) => name));
    return rows.filter(({ id }) => !names.has(lockOf(id)));
  } catch {
    return [];
  }
}

function promised(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

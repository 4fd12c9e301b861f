import type { ByteLine } from '../../../device/sign-ports.ts';
import { FIRST_RATE } from '../../../firmware-protocol/serial/line.ts';
import type { FarBoard } from '../../../scripts/virtual-board/far-board.ts';
import { spoiled } from '../../../scripts/virtual-board/misread.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';

/** A cable between a host and a board that have rates: what is sent at one and heard at another, or too fast for it, is noise. */
export class RatedBoard implements FarDevice {
  /** Baud of the host's port, as the host last set it. */
  hostBaud = FIRST_RATE;
  /** Every rate that the host went to, in order. */
  readonly tried: number[] = [];
  /** The fastest that the cable carries, baud. */
  carries = Number.POSITIVE_INFINITY;
  readonly #board: FarBoard;

  constructor(board: FarBoard) {
    this.#board = board;
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const { baud } = this.#board;
    const understood = baud === this.hostBaud && baud <= this.carries;
    const answers = this.#board.receive(understood ? bytes : spoiled(bytes));
    return understood ? answers : answers.map(spoiled);
  }

  /** The host's line, watched. */
  watch(line: ByteLine): ByteLine {
    const { setRate } = line;
    return {
      get bytesPerSecond() {
        return line.bytesPerSecond ?? 0;
      },
      open: async (session) => {
        this.hostBaud = FIRST_RATE;
        await line.open(session);
      },
      write: (bytes) => line.write(bytes),
      close: () => line.close(),
      ...(setRate !== undefined && {
        setRate: async (baud: number) => {
          await setRate.call(line, baud);
          this.hostBaud = baud;
          this.tried.push(baud);
        },
      }),
    };
  }
}

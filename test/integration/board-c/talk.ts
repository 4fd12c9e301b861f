import {
  FRAMES,
  type FrameBody,
  frameLine,
  type HostFrame,
} from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { ONLY_BOARD, VERSION } from '../../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../../firmware-protocol/serial/layout.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';

/** A host that speaks rightly to a board, one frame after another. */
export class Talk {
  readonly #board: FarDevice;
  #sequence = 0;

  /** Begins a session. */
  constructor(board: FarDevice) {
    this.#board = board;
    this.say('hello', { minor: VERSION.minor, session: 1 });
  }

  /** Answers and refusals by name; an acknowledgement alone is none. */
  say<N extends HostFrame>(name: N, body: FrameBody<N>): string[] {
    const { id, sequenced } = FRAMES[name];
    const codec: Codec<unknown> = FRAMES[name].codec;
    const header = { major: VERSION.major, address: ONLY_BOARD, fromBoard: false, sequenced, poll: true };
    const sequence = sequenced ? this.#sequence++ & 0xff : 0;
    const bytes = encodeFrame({
      header: { ...header, type: id, sequence, ack: 0, held: 0 },
      body: codec.encode(body),
    });
    return new FrameDecoder()
      .push(Buffer.concat(this.#board.receive(bytes)))
      .map((one) => (one.kind === 'frame' ? frameLine(one.frame) : one.reason))
      .filter((line) => !line.startsWith('< ack'));
  }
}

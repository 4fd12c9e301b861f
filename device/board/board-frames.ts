import { FRAMES, type FrameBody, type HostFrame } from '../../firmware-protocol/serial/catalogue.ts';
import type { Frame } from '../../firmware-protocol/serial/frame.ts';
import { VERSION } from '../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../firmware-protocol/serial/layout.ts';

/** How a frame of the host goes out. */
export interface Manner {
  address: number;
  /** Its place in the window; absent = it has none. */
  sequence?: number;
  /** Whether the board acknowledges at once; on a shared line, whether it may speak. */
  poll: boolean;
}

export function hostFrame<N extends HostFrame>(name: N, body: FrameBody<N>, manner: Manner): Frame {
  const codec: Codec<unknown> = FRAMES[name].codec;
  return {
    header: {
      major: VERSION.major,
      address: manner.address,
      fromBoard: false,
      sequenced: manner.sequence !== undefined,
      poll: manner.poll,
      type: FRAMES[name].id,
      sequence: manner.sequence ?? 0,
      ack: 0,
      held: 0,
    },
    body: codec.encode(body),
  };
}

/** The name of the frame that answers this one; undefined = the acknowledgement is all. */
export function answerOf(name: HostFrame): string | undefined {
  const row = FRAMES[name];
  return 'answer' in row ? row.answer : undefined;
}

/** Whether a board of this minor version knows the frame: of two minors the smaller is spoken (SPEC 5). */
export function isSpoken(name: HostFrame, minor: number): boolean {
  return Number(FRAMES[name].since.split('.')[1]) <= minor;
}

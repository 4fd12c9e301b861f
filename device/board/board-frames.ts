import { FRAMES, type FrameBody, type HostFrame } from '../../firmware-protocol/serial/catalogue.ts';
import type { Frame } from '../../firmware-protocol/serial/frame.ts';
import { ONLY_BOARD, VERSION } from '../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../firmware-protocol/serial/layout.ts';

/** A frame of the host; with a sequence it has its place in the window and is acknowledged at once. */
export function hostFrame<N extends HostFrame>(name: N, body: FrameBody<N>, sequence?: number): Frame {
  const codec: Codec<unknown> = FRAMES[name].codec;
  return {
    header: {
      major: VERSION.major,
      address: ONLY_BOARD,
      fromBoard: false,
      sequenced: sequence !== undefined,
      poll: sequence !== undefined,
      type: FRAMES[name].id,
      sequence: sequence ?? 0,
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

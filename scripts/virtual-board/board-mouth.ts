import { type BoardFrame, FRAMES, type FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { KINDS } from '../../firmware-protocol/serial/field-kinds.ts';
import type { Frame } from '../../firmware-protocol/serial/frame.ts';
import type { Header } from '../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../firmware-protocol/serial/layout.ts';
import { ERROR_CODES, type ErrorName } from '../../firmware-protocol/serial/system.ts';

export type Answer = { [N in BoardFrame]: { name: N; body: FrameBody<N> } }[BoardFrame];

export const DONE: Answer = { name: 'ack', body: {} };

export function refusal(why: ErrorName, about: number): Answer {
  return { name: 'error', body: { code: ERROR_CODES[why], about, detail: 0 } };
}

export interface Voice {
  major: number;
  minor: number;
  address: number;
}

/** The frame that answers another, with what the window tells at this moment. */
export function answerTo(
  to: Header,
  { name, body }: Answer,
  { major, minor, address }: Voice,
  told: { ack: number; held: number },
): Frame {
  const codec: Codec<unknown> = FRAMES[name].codec;
  const whole = codec.encode(body);
  return {
    header: {
      major,
      address,
      fromBoard: true,
      sequenced: to.sequenced,
      poll: false,
      type: FRAMES[name].id,
      sequence: to.sequence,
      ...told,
    },
    body: minor === 0 ? whole.subarray(0, whole.length - laterBytes(codec)) : whole,
  };
}

/** Bytes of the fields that a board of 1.0 does not know. */
function laterBytes({ layout }: Codec<unknown>): number {
  return layout.reduce((sum, field) => sum + (field.later ? KINDS[field.as].fewest : 0), 0);
}

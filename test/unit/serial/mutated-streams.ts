import { FRAMES, type FrameBody, type HostFrame } from '../../../firmware-protocol/serial/catalogue.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { ONLY_BOARD, VERSION } from '../../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../../firmware-protocol/serial/layout.ts';
import { seeded } from '../../../scripts/virtual-board/seeded.ts';

/** Whole numbers from 0 to below `most`. */
export type Dice = (most: number) => number;

export function dice(seed: number): Dice {
  const fraction = seeded(seed);
  return (most) => Math.floor(fraction() * most);
}

/** One whole frame of the host as it travels. */
export function spoken<N extends HostFrame>(name: N, body: FrameBody<N>, sequence = 0): Uint8Array {
  const codec: Codec<unknown> = FRAMES[name].codec;
  return lineBytes(name, codec.encode(body), sequence);
}

function lineBytes(name: HostFrame, body: Uint8Array, sequence: number): Uint8Array {
  const { id, sequenced } = FRAMES[name];
  const header = { major: VERSION.major, address: ONLY_BOARD, fromBoard: false, sequenced, poll: true };
  return encodeFrame({ header: { ...header, type: id, sequence, ack: 0, held: 0 }, body });
}

const HOST_FRAMES = (Object.keys(FRAMES) as (keyof typeof FRAMES)[]).filter(
  (name): name is HostFrame => FRAMES[name].from === 'host',
);
/** Bytes of a body beyond its fewest: pixels, filler, blocks. */
const MOST_REST_BYTES = 30;

/** Frames of the host as it might send them: small numbers, so that many of them are not refused. */
export function wholeStream(roll: Dice): Uint8Array {
  const frames = [spoken('hello', { minor: VERSION.minor, session: 1 + roll(9) })];
  const count = 1 + roll(4);
  for (let sequence = 0; sequence < count; sequence++) {
    const name = HOST_FRAMES[roll(HOST_FRAMES.length)] ?? 'ping';
    const { minBytes, maxBytes } = FRAMES[name].codec;
    const body = new Uint8Array(Math.min(maxBytes, minBytes + roll(MOST_REST_BYTES)));
    for (let at = 0; at < body.length; at++) body[at] = roll(3) === 0 ? roll(256) : roll(4);
    frames.push(lineBytes(name, body, sequence));
  }
  return Buffer.concat(frames);
}

type Wound = (stream: Uint8Array, at: number, roll: Dice) => Uint8Array;

const joined = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** What a bad line makes of a stream: bits turned over, bytes lost, invented, doubled, the end cut off. */
const WOUNDS: Wound[] = [
  (stream, at, roll) => stream.with(at, (stream[at] ?? 0) ^ (1 << roll(8))),
  (stream, at, roll) => joined(stream.subarray(0, at), stream.subarray(at + 1 + roll(3))),
  (stream, at, roll) => joined(stream.subarray(0, at), Uint8Array.of(roll(256)), stream.subarray(at)),
  (stream, at, roll) => joined(stream.subarray(0, at + 1 + roll(20)), stream.subarray(at)),
  (stream, at) => stream.subarray(0, at),
];

/** One to four wounds at any places. */
export function mutated(whole: Uint8Array, roll: Dice): Uint8Array {
  let stream = whole;
  for (let wounds = 1 + roll(4); wounds > 0 && stream.length > 0; wounds--)
    stream = WOUNDS[roll(WOUNDS.length)]?.(stream, roll(stream.length), roll) ?? stream;
  return stream;
}

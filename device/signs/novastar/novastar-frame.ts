import type { Cut } from '../cutting-decoder.ts';

/**
 * NovaStar MCTRL300 and its kin: head, ack, serial number, source, destination, kind of card, port, board, code,
 * reserved, address, length, data, sum; little endian. The sum is that of all bytes from the third + 0x5555. Data is
 * there in a request that writes and in an answer to one that reads. Source: NovaStar, Control Protocol for Nova M3
 * Control System V1.6, 2.1 and 2.2, in dietervansteenwegen/Novastar_MCTRL300_basic_controller.
 */
const REQUEST = [0x55, 0xaa] as const;
const ANSWER = [0xaa, 0x55] as const;
const HEAD_BYTES = 18;
const SUM_BYTES = 2;
const SUM_FROM = 0x5555;
const LENGTH_AT = 16;
const WRITE = 1;
/** Much more than any register; what claims to be longer is noise. */
const MAX_DATA_BYTES = 1_024;
/** The number of this computer, as answers carry it for destination. */
export const NOVASTAR_HOST = 0xfe;

/** Source: V1.6, 2.2, ACK. */
export const NOVASTAR_ACKS = [
  'done',
  'cards-did-not-answer',
  'request-check-differs',
  'answer-check-differs',
  'invalid-command',
] as const;

export interface NovastarFrame {
  isAnswer: boolean;
  ack: number;
  serial: number;
  source: number;
  destination: number;
  /** 0 = sending card, 1 = receiving card, 2 = function card. */
  card: number;
  /** From 0; 255 = every one. */
  port: number;
  /** From 0; FFFF = every one. */
  board: number;
  isWrite: boolean;
  address: number;
  /** How many bytes are read where none travel. */
  length: number;
  data: Uint8Array;
}

export function encodeNovastar(frame: Omit<NovastarFrame, 'length'> & { length?: number }): Uint8Array {
  const bytes = Buffer.alloc(HEAD_BYTES + frame.data.length + SUM_BYTES);
  bytes.set(frame.isAnswer ? ANSWER : REQUEST);
  bytes.set([frame.ack, frame.serial, frame.source, frame.destination, frame.card, frame.port], 2);
  bytes.writeUInt16LE(frame.board, 8);
  bytes.writeUInt8(frame.isWrite ? WRITE : 0, 10);
  bytes.writeUInt32LE(frame.address, 12);
  bytes.writeUInt16LE(frame.length ?? frame.data.length, LENGTH_AT);
  bytes.set(frame.data, HEAD_BYTES);
  bytes.writeUInt16LE(sumOf(bytes.subarray(0, -SUM_BYTES)), HEAD_BYTES + frame.data.length);
  return Uint8Array.from(bytes);
}

function sumOf(bytes: Uint8Array): number {
  return bytes.subarray(2).reduce((sum, byte) => sum + byte, SUM_FROM) & 0xffff;
}

export function cutNovastar(buffer: Uint8Array): Cut<NovastarFrame> {
  const [first, second] = buffer;
  const isAnswer = first === ANSWER[0];
  if (first !== REQUEST[0] && !isAnswer) return { kind: 'discard', bytes: 1, why: 'no frame begins here' };
  if (second === undefined) return { kind: 'more' };
  if (second !== (isAnswer ? ANSWER[1] : REQUEST[1]))
    return { kind: 'discard', bytes: 1, why: 'no frame begins here' };
  if (buffer.length < HEAD_BYTES) return { kind: 'more' };
  const view = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.length);
  const length = view.readUInt16LE(LENGTH_AT);
  const isWrite = view[10] === WRITE;
  const dataBytes = isWrite === isAnswer ? 0 : length;
  if (dataBytes > MAX_DATA_BYTES) return { kind: 'discard', bytes: 1, why: 'longer than any' };
  const bytes = HEAD_BYTES + dataBytes + SUM_BYTES;
  if (buffer.length < bytes) return { kind: 'more' };
  const sum = view.readUInt16LE(HEAD_BYTES + dataBytes);
  if (sum !== sumOf(buffer.subarray(0, bytes - SUM_BYTES)))
    return { kind: 'discard', bytes: 1, why: 'sum differs' };
  const [ack = 0, serial = 0, source = 0, destination = 0, card = 0, port = 0] = buffer.subarray(2);
  return {
    kind: 'frame',
    bytes,
    frame: {
      ...{ isAnswer, ack, serial, source, destination, card, port },
      ...{ board: view.readUInt16LE(8), isWrite, address: view.readUInt32LE(12), length },
      data: buffer.slice(HEAD_BYTES, HEAD_BYTES + dataBytes),
    },
  };
}

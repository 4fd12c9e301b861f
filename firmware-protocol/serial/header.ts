/** The version of this contract. Another major is refused; of two minors the smaller is spoken (SPEC 5). */
export const VERSION = { major: 1, minor: 1 } as const;

export const HEADER_BYTES = 8;
export const CRC_BYTES = 4;
/** What a frame costs beside its body, stuffing apart: header, CRC, first code byte, two delimiters. */
export const FRAME_BYTES = HEADER_BYTES + CRC_BYTES + 3;
/** The largest body any frame may have; a board announces its own limit, never above this. */
export const MAX_BODY_BYTES = 4096;
/** Sequences in flight at most: the `held` field tells of the 16 after the one that is missing. */
export const MAX_WINDOW_FRAMES = 16;
/** Sequences count modulo this. */
export const SEQUENCES = 256;

/** The only board on its line; every line with one board uses it. */
export const ONLY_BOARD = 0;
/** All boards of an RS-485 line; nobody answers. */
export const EVERY_BOARD = 0xff;

/** Bits of the flags byte. Others are sent as 0 and not looked at. */
export const FLAGS = { 'from-board': 0, sequenced: 1, poll: 2 } as const;

export interface Header {
  major: number;
  /** Of the board, in both directions. */
  address: number;
  /** Tells an answer from the echo of a question on a half-duplex line. */
  fromBoard: boolean;
  /** Host: the frame has its place in the window, taken once, in order. Board: `sequence` names such a frame. */
  sequenced: boolean;
  /** The board acknowledges at once. */
  poll: boolean;
  type: number;
  /** Host: number of a sequenced frame. Board: number of the host's frame that made it speak. */
  sequence: number;
  /** Board: the next sequence it waits for; all before have been done. */
  ack: number;
  /** Board: bit i set = frame `ack + 1 + i` is here already and waits for those before it. */
  held: number;
}

export function writeHeader(header: Header, into: Uint8Array): void {
  into[0] = header.major;
  into[1] = header.address;
  into[2] =
    (Number(header.fromBoard) << FLAGS['from-board']) |
    (Number(header.sequenced) << FLAGS.sequenced) |
    (Number(header.poll) << FLAGS.poll);
  into[3] = header.type;
  into[4] = header.sequence;
  into[5] = header.ack;
  into[6] = header.held >>> 8;
  into[7] = header.held & 0xff;
}

/** Of at least HEADER_BYTES bytes. */
export function readHeader(bytes: Uint8Array): Header {
  const [major = 0, address = 0, flags = 0, type = 0, sequence = 0, ack = 0, heldHigh = 0, heldLow = 0] =
    bytes;
  const has = (bit: number): boolean => ((flags >>> bit) & 1) === 1;
  return {
    major,
    address,
    fromBoard: has(FLAGS['from-board']),
    sequenced: has(FLAGS.sequenced),
    poll: has(FLAGS.poll),
    type,
    sequence,
    ack,
    held: (heldHigh << 8) | heldLow,
  };
}

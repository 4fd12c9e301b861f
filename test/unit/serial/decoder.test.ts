import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAMES, frameLine, readMessage } from '../../../firmware-protocol/serial/catalogue.ts';
import { type Decoded, FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { encodeFrame, type Frame } from '../../../firmware-protocol/serial/frame.ts';

const byte = fc.integer({ min: 0, max: 255 });
const frame: fc.Arbitrary<Frame> = fc.record({
  header: fc.record({
    major: byte,
    address: byte,
    fromBoard: fc.boolean(),
    sequenced: fc.boolean(),
    poll: fc.boolean(),
    type: byte,
    sequence: byte,
    ack: byte,
    held: fc.integer({ min: 0, max: 0xffff }),
  }),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.array(fc.constantFrom(0, 1, 255), { maxLength: 600 }).map((bytes) => Uint8Array.from(bytes)),
  ),
});

/** Frames of one kind whose body tells which they are. */
function numbered(n: number): Frame {
  const header = {
    major: 1,
    address: 0,
    fromBoard: false,
    sequenced: true,
    poll: true,
    type: 0x20,
    sequence: n,
    ack: 0,
    held: 0,
  };
  return { header, body: Uint8Array.of(n, 0, n) };
}

const framesOf = (decoded: Decoded[]): Frame[] =>
  decoded.flatMap((one) => (one.kind === 'frame' ? [one.frame] : []));

describe('the streaming decoder', () => {
  test('gives back what was encoded, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.integer({ min: 1, max: 300 }), (frames, cut) => {
        const stream = Buffer.concat(frames.map(encodeFrame));
        const decoder = new FrameDecoder();
        const decoded: Decoded[] = [];
        for (let at = 0; at < stream.length; at += cut)
          decoded.push(...decoder.push(stream.subarray(at, at + cut)));
        expect(decoded.filter((one) => one.kind === 'discarded')).toEqual([]);
        expect(framesOf(decoded)).toEqual(frames);
      }),
    );
  });

  test('is in step within the next two frames after any noise, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (noise) => {
        const decoder = new FrameDecoder();
        decoder.push(noise);
        const after = framesOf(
          decoder.push(Buffer.concat([encodeFrame(numbered(1)), encodeFrame(numbered(2))])),
        );
        expect(after.at(-1)).toEqual(numbered(2));
      }),
      { numRuns: 300 },
    );
  });

  test('takes no damaged frame for a whole one', () => {
    fc.assert(
      fc.property(frame, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, place, flip) => {
        const stream = encodeFrame(one).slice();
        const at = place % stream.length;
        stream[at] = (stream[at] ?? 0) ^ flip;
        const decoder = new FrameDecoder();
        const read = framesOf([...decoder.push(stream), ...decoder.push(Uint8Array.of(0))]);
        // The delimiters may be hit: then the frame is whole all the same.
        for (const whole of read) expect(whole).toEqual(one);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['too-short', Uint8Array.of(2, 1, 0)],
    ['bad-stuffing', Uint8Array.of(9, 1, 0)],
    ['bad-crc', encodeFrame(numbered(1)).map((value, at) => (at === 5 ? value ^ 2 : value))],
    ['too-long', new Uint8Array(6_000).fill(1).map((value, at) => (at === 5_999 ? 0 : value))],
  ])('says why it discards: %s', (reason, bytes) => {
    expect(new FrameDecoder().push(bytes)).toMatchObject([{ kind: 'discarded', reason }]);
  });

  test('a megabyte without a delimiter is one discard and grows nothing', () => {
    const decoder = new FrameDecoder();
    for (let n = 0; n < 256; n++) expect(decoder.push(new Uint8Array(4_096).fill(0x55))).toEqual([]);
    expect(decoder.push(Uint8Array.of(0))).toEqual([
      { kind: 'discarded', reason: 'too-long', bytes: 1_048_576 },
    ]);
    expect(framesOf(decoder.push(encodeFrame(numbered(3))))).toEqual([numbered(3)]);
  });
});

describe('reading messages', () => {
  test('never throws, whatever type and body, and always has a line to log', () => {
    fc.assert(
      fc.property(frame, (one) => {
        readMessage(one.header.type, one.body);
        expect(frameLine(one)).toMatch(/^[<>] /);
      }),
    );
  });

  test.each(Object.entries(FRAMES))(
    '%s: any body long enough decodes or is refused, and encodes back',
    (_name, row) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: row.codec.minBytes, maxLength: row.codec.minBytes + 40 }),
          (body) => {
            const codec: { decode(bytes: Uint8Array): unknown; encode(body: unknown): Uint8Array } =
              row.codec;
            const read = codec.decode(body);
            if (read === undefined) return;
            expect(codec.decode(codec.encode(read))).toEqual(read);
          },
        ),
      );
    },
  );

  test('a name of noise is read, and no longer than it came', () => {
    const { codec } = FRAMES.welcome;
    const body = new Uint8Array(codec.minBytes + 63).fill(0x80);
    body.fill(0, 0, codec.minBytes - 1);
    body[codec.minBytes - 1] = 63;
    const read = codec.decode(body);
    expect(read?.firmware).toBe('?'.repeat(63));
    expect(read && codec.decode(codec.encode(read))).toEqual(read);
  });

  test.each(Object.entries(FRAMES))('%s: one byte too few is refused', (_name, row) => {
    if (row.codec.minBytes > 0)
      expect(row.codec.decode(new Uint8Array(row.codec.minBytes - 1))).toBeUndefined();
  });

  test('a longer body of a later minor is read as far as it is known', () => {
    expect(readMessage(FRAMES.commit.id, Uint8Array.of(1, 2, 3, 4, 99))).toEqual({
      name: 'commit',
      body: { crc: 0x01020304 },
    });
  });
});

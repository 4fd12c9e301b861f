import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAlphaPacket, encodeAlphaPacket } from '../../../device/signs/alpha/alpha-packet.ts';
import { type Cutter, CuttingDecoder } from '../../../device/signs/cutting-decoder.ts';
import { cutAdalight, encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { cutTpm2, encodeTpm2 } from '../../../device/signs/lamp-stream/tpm2.ts';
import { cutNovastar, encodeNovastar } from '../../../device/signs/novastar/novastar-frame.ts';
import { bx5kRequest } from '../../../device/signs/onbon/onbon-commands.ts';
import { cutOnbon, encodeOnbon } from '../../../device/signs/onbon/onbon-frame.ts';
import { SNIFFERS } from '../../../device/signs/sniffers.ts';

interface Wire {
  cut: Cutter<unknown>;
  /** A frame that is whole. */
  frame: (payload: Uint8Array) => Uint8Array;
  /** No more is held back than the longest frame that a header can announce. */
  heldBytes: number;
  /** The end of a frame is marked, and the mark stands nowhere else. */
  marksEnds: boolean;
  sniff: keyof typeof SNIFFERS;
}

const WIRES: Wire[] = [
  {
    sniff: 'adalight',
    marksEnds: false,
    cut: cutAdalight,
    frame: (payload) => encodeAdalight(Uint8Array.from([1, 2, 3, ...payload, ...payload, ...payload])),
    heldBytes: 6 + 65_536 * 3,
  },
  {
    sniff: 'tpm2',
    marksEnds: false,
    cut: cutTpm2,
    frame: (payload) => encodeTpm2(Uint8Array.from([...payload, ...payload, ...payload])),
    heldBytes: 65_540,
  },
  {
    sniff: 'alpha',
    marksEnds: true,
    cut: cutAlphaPacket,
    frame: (payload) => {
      const command = `IB${Buffer.from(payload).toString('hex')}`;
      return encodeAlphaPacket({ type: 'Z', address: '00', command }, 'sum');
    },
    heldBytes: 33_000,
  },
  {
    sniff: 'onbon',
    marksEnds: true,
    cut: cutOnbon,
    frame: (payload) =>
      encodeOnbon({
        ...{ header: 'bx-5k', to: 1, from: 0x8000, device: 0xfe },
        data: bx5kRequest('ping', payload),
      }),
    heldBytes: 262_200,
  },
  {
    sniff: 'novastar',
    marksEnds: false,
    cut: cutNovastar,
    frame: (data) =>
      encodeNovastar({
        ...{ isAnswer: false, ack: 0, serial: 7, source: 0xfe, destination: 0, card: 1, port: 0, board: 0 },
        ...{ isWrite: true, address: 0x02000001, data },
      }),
    heldBytes: 1_044,
  },
];

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
/** Bytes that hit the marks of these wires much more often than chance does. */
const marked = fc
  .array(
    fc.constantFrom(
      0x00,
      0x01,
      0x02,
      0x03,
      0x04,
      0x41,
      0x64,
      0x61,
      0xc9,
      0xda,
      0xa5,
      0x5a,
      0xa6,
      0x55,
      0xaa,
      0xff,
    ),
  )
  .map((list) => Uint8Array.from(list));

describe.each(WIRES)('$sniff', ({ cut, frame, heldBytes, marksEnds, sniff }) => {
  test('a million random bytes: no throw, no growth, every byte told', () => {
    const decoder = new CuttingDecoder(cut);
    let state = 41;
    for (let round = 0; round < 250; round++) {
      const noise = Uint8Array.from({ length: 4_000 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return state >>> 24;
      });
      decoder.push(noise);
      expect(decoder.held).toBeLessThanOrEqual(heldBytes);
    }
  });

  test('any bytes in any pieces give the same lines', () => {
    fc.assert(
      fc.property(fc.oneof(bytes(400), marked), fc.array(fc.integer({ min: 1, max: 50 })), (stream, cuts) => {
        const whole = SNIFFERS[sniff]();
        const expected = [...whole.push(stream), ...whole.end()];
        const pieces = SNIFFERS[sniff]();
        const lines: string[] = [];
        let at = 0;
        for (const length of cuts) {
          lines.push(...pieces.push(stream.subarray(at, at + length)));
          at += length;
        }
        lines.push(...pieces.push(stream.subarray(at)), ...pieces.end());
        expect(lines).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test(`after a spoiled byte it is in step again${marksEnds ? ' with the next frame but one' : ''}`, () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (payload, place, flip) => {
          const good = frame(payload);
          const spoiled = good.slice();
          const at = place % good.length;
          spoiled[at] = (spoiled[at] ?? 0) ^ flip;
          const decoder = new CuttingDecoder(cut);
          decoder.push(spoiled);
          // Where only a length says how long a frame is, a wrong one may swallow as much as it announces.
          const most = marksEnds ? 2 : 2 + Math.ceil(heldBytes / good.length);
          for (let pushed = 0; pushed < most; pushed++)
            if (decoder.push(good).some(({ kind }) => kind === 'frame')) return true;
          return false;
        },
      ),
      { numRuns: 500 },
    );
  });
});

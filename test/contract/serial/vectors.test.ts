import { describe, expect, test } from 'vitest';
import { FRAMES, frameName, readMessage } from '../../../firmware-protocol/serial/catalogue.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { decodeDeflate } from '../../../firmware-protocol/serial/deflate.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { decodeRuns, encodeRuns } from '../../../firmware-protocol/serial/pixels.ts';
import { bytesOf, edges, first, type GoldenFrame, later } from './golden-vectors.ts';

/** The body in memory: fields of the kind `rest` are bytes. */
function valuesOf({ name, body }: GoldenFrame): Record<string, unknown> {
  const rest = FRAMES[name].codec.layout.filter(({ as }) => as === 'rest').map(({ name: field }) => field);
  return { ...body, ...Object.fromEntries(rest.map((field) => [field, bytesOf(String(body[field]))])) };
}

function expectOnTheLine({ name, header, bodyHex, line }: GoldenFrame): void {
  const frame = { header: { ...header, type: FRAMES[name].id }, body: bytesOf(bodyHex) };
  expect(Buffer.from(encodeFrame(frame)).toString('hex')).toBe(line);
  expect(new FrameDecoder().push(bytesOf(line))).toEqual([{ kind: 'frame', frame }]);
}

describe('golden frames', () => {
  test.each(later.frames)('$name: $says', (golden) => {
    const codec: { encode(body: unknown): Uint8Array } = FRAMES[golden.name].codec;
    const values = valuesOf(golden);
    expect(Buffer.from(codec.encode(values)).toString('hex')).toBe(golden.bodyHex);
    expect(readMessage(FRAMES[golden.name].id, bytesOf(golden.bodyHex))).toEqual({
      name: golden.name,
      body: values,
    });
    expectOnTheLine(golden);
  });

  test.each(first.frames)('of 1.0, $name: $says', (golden) => {
    const { layout } = FRAMES[golden.name].codec;
    const absent = layout.flatMap((field) => ('later' in field ? [[field.name, field.later.absent]] : []));
    const values = { ...valuesOf(golden), ...Object.fromEntries(absent) };
    expect(readMessage(FRAMES[golden.name].id, bytesOf(golden.bodyHex))).toEqual({
      name: golden.name,
      body: values,
    });
    const codec: { encode(body: unknown): Uint8Array } = FRAMES[golden.name].codec;
    const encoded = Buffer.from(codec.encode(values)).toString('hex');
    if (absent.length === 0) expect(encoded).toBe(golden.bodyHex);
    else expect(encoded.startsWith(golden.bodyHex)).toBe(true);
    expectOnTheLine(golden);
  });

  test('there is one of every frame', () => {
    const named = [...first.frames, ...later.frames].map(({ name }) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(FRAMES)));
  });
});

test.each([...later.deflate, ...edges.deflate])('golden deflate: $says', ({ stream, count, pixels }) => {
  const read = decodeDeflate(bytesOf(stream), count);
  expect(read && Buffer.from(read).toString('hex')).toBe(pixels);
});

test.each(first.streams)('golden stream: $says', ({ stream, events }) => {
  const decoded = new FrameDecoder().push(bytesOf(stream));
  expect(
    decoded.map((one) => (one.kind === 'frame' ? frameName(one.frame.header.type) : one.reason)),
  ).toEqual(events);
});

test.each(first.pages)('golden page CRC: $says', ({ width, height, pixels, crc }) => {
  const page = pixels === 'dark' ? new Uint8Array(width * height * 2) : bytesOf(pixels);
  expect(page.length).toBe(width * height * 2);
  expect(crcHex(crc32(page))).toBe(crc);
});

test.each(first.runs)('golden run-length: $says', ({ pixels, encoded }) => {
  expect(Buffer.from(encodeRuns(bytesOf(pixels))).toString('hex')).toBe(encoded);
  expect(decodeRuns(bytesOf(encoded), pixels.length / 4)).toEqual(bytesOf(pixels));
});

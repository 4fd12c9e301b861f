import fc from 'fast-check';
import { FRAMES, type FrameRow } from '../../../firmware-protocol/serial/catalogue.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import type { Field } from '../../../firmware-protocol/serial/field-kinds.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { PIXEL_CODECS } from '../../../firmware-protocol/serial/region.ts';
import { updateActivate, updateBlock } from '../../../firmware-protocol/serial/update.ts';
import type { Step } from './lockstep.ts';
import { type Image, imageOf } from './maker.ts';

/** Frames of a host that is sometimes right, often nearly right, and sometimes mad. */
export interface Shape {
  width: number;
  height: number;
  address: number;
}

const rows: [string, FrameRow][] = Object.entries(FRAMES);
const hostRows = rows.filter(([, { from }]) => from === 'host');
const rowOf = (name: string): FrameRow => {
  const found = rows.find(([each]) => each === name);
  if (found === undefined) throw new Error(name);
  return found[1];
};

/** Small numbers, so that they often fit; now and then anything. */
function contentOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.as) {
    case 'u8':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
        fc.integer({ min: 0, max: 255 }),
      );
    case 'u16':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 24 }) },
        fc.integer({ min: 0, max: 65_535 }),
      );
    case 'u32':
      return fc.oneof(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.constant(230_400),
      );
    case 'i16':
      return fc.integer({ min: -32_768, max: 32_767 });
    case 'choice':
      return fc.constantFrom(...Object.keys('of' in field ? field.of : {}));
    case 'digest':
      return fc.constantFrom('00'.repeat(32), '5a'.repeat(32));
    case 'signature':
      return fc.constant('00'.repeat(64));
    case 'rest':
      return fc.uint8Array({ maxLength: 90 });
    default:
      throw new Error(`no host frame has a ${field.as}`);
  }
}

const body: fc.Arbitrary<{ type: number; body: Uint8Array }> = fc
  .constantFrom(...hostRows)
  .chain(([, { id, codec }]) =>
    fc
      .record(Object.fromEntries(codec.layout.map((field) => [field.name, contentOf(field)])))
      .map((values) => ({
        type: id,
        // Of one row, which the type checker cannot follow.
        body: (codec as { encode(body: unknown): Uint8Array }).encode(values),
      })),
  );

/** Bodies cut, lengthened or of no known type. */
const wounded = fc
  .tuple(body, fc.integer({ min: -3, max: 3 }), fc.option(fc.integer({ min: 0, max: 255 })))
  .map(([{ type, body: whole }, change, other]) => ({
    type: other ?? type,
    body:
      change <= 0
        ? whole.subarray(0, whole.length + change)
        : Buffer.concat([whole, Buffer.alloc(change, 7)]),
  }));

/** Pixels that are what they say, in any encoding, sometimes with a byte turned over. */
function drawing({ width, height }: Shape): fc.Arbitrary<{ type: number; body: Uint8Array }> {
  return fc
    .record({
      name: fc.constantFrom('draw-region', 'strip-draw'),
      x: fc.integer({ min: 0, max: width }),
      y: fc.integer({ min: 0, max: height }),
      width: fc.integer({ min: 0, max: width }),
      height: fc.integer({ min: 0, max: height }),
      encoding: fc.constantFrom('raw', 'run-length', 'deflate'),
      colours: fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 5 }),
      seed: fc.integer({ min: 1, max: 1_000 }),
      wound: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })),
      ),
    })
    .map(({ name, colours, seed, wound, encoding, ...place }) => {
      const pixels = new Uint8Array(place.width * place.height * 2);
      for (let i = 0; i < pixels.length; i += 2) {
        const colour = colours[Math.floor((i * seed) / 7) % colours.length] ?? 0;
        pixels[i] = colour >>> 8;
        pixels[i + 1] = colour & 0xff;
      }
      const data = Uint8Array.from(PIXEL_CODECS[encoding as keyof typeof PIXEL_CODECS].encode(pixels));
      if (wound !== null && data.length > 0)
        data[wound[0] % data.length] = (data[wound[0] % data.length] ?? 0) ^ wound[1];
      const codec = rowOf(name).codec as { encode(body: unknown): Uint8Array };
      return { type: rowOf(name).id, body: codec.encode({ ...place, encoding, pixels: data }) };
    });
}

/** Small, so that they are often whole; the last two are refused: not signed so, and longer than its block. */
const IMAGES: Image[] = [
  imageOf(2, Buffer.from('firmware of version two, as it came'.repeat(3))),
  imageOf(3, Buffer.from('version three')),
  imageOf(9, Buffer.from('signed for another version'), false),
  imageOf(4, Buffer.alloc(100_000, 'too large for the place that a board has')),
];

/** A step before its sequence is known; `crc` stands for that of the drawn page or the strip. */
export type Plan =
  | Exclude<Step, { do: 'bytes' }>
  | { do: 'noise'; bytes: Uint8Array }
  | { do: 'hello' }
  | {
      do: 'frame';
      type: number;
      body: Uint8Array;
      skip: number;
      poll: boolean;
      sequenced: boolean;
      major: number;
      address: number;
    }
  | { do: 'update'; what: 'begin' | 'block' | 'activate'; image: number; bytes: number }
  | {
      do: 'right';
      name: 'commit' | 'page-store' | 'page-recall' | 'fallback-store' | 'marquee-run';
      slot: number;
    };

export function plans(shape: Shape, most: number): fc.Arbitrary<Plan[]> {
  const frame = fc
    .record({
      content: fc.oneof({ weight: 5, arbitrary: body }, { weight: 4, arbitrary: drawing(shape) }, wounded),
      skip: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.integer({ min: -2, max: 20 })),
      poll: fc.boolean(),
      sequenced: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
      major: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, fc.constant(2)),
      address: fc.oneof({ weight: 20, arbitrary: fc.constant(shape.address) }, fc.constantFrom(255, 9)),
    })
    .map(({ content, ...how }): Plan => ({ do: 'frame', ...content, ...how }));
  const right = fc.record({
    do: fc.constant('right' as const),
    name: fc.constantFrom('commit' as const, 'page-store', 'page-recall', 'fallback-store', 'marquee-run'),
    slot: fc.integer({ min: 0, max: 3 }),
  });
  const update = fc.record({
    do: fc.constant('update' as const),
    what: fc.constantFrom('begin' as const, 'block', 'block', 'block', 'activate'),
    image: fc.integer({ min: 0, max: IMAGES.length - 1 }),
    bytes: fc.integer({ min: 0, max: 80 }),
  });
  const plan = fc.oneof(
    { weight: 6, arbitrary: update },
    { weight: 20, arbitrary: frame },
    { weight: 8, arbitrary: right },
    { weight: 2, arbitrary: fc.constant<Plan>({ do: 'hello' }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 3_000 }).map((ms): Plan => ({ do: 'wait', ms })) },
    {
      weight: 2,
      arbitrary: fc
        .uint8Array({ minLength: 1, maxLength: 60 })
        .map((bytes): Plan => ({ do: 'noise', bytes })),
    },
    { weight: 1, arbitrary: fc.constant<Plan>({ do: 'power-cut' }) },
  );
  return fc
    .array(plan, { minLength: 1, maxLength: most, size: 'max' })
    .map((all) => [{ do: 'hello' }, ...all]);
}

/** What a host knows of its board: the drawn page, the strip, bytes of new firmware that are there. */
export interface Known {
  drawn: Uint8Array;
  strip: { bytes: Uint8Array; height: number };
  received?: number;
}

/** Turns plans into bytes as they come, with the sequence that the board waits for and the CRC of what it holds. */
export class MadHost {
  readonly #shape: Shape;
  #sequence = 0;
  #sessions = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  step(plan: Plan, { drawn, strip, received = 0 }: Known): Step {
    if (plan.do === 'wait' || plan.do === 'power-cut') return plan;
    if (plan.do === 'noise') return { do: 'bytes', bytes: plan.bytes };
    if (plan.do === 'hello') {
      this.#sequence = 0;
      this.#sessions += 1;
      const hello = rowOf('hello').codec as { encode(body: unknown): Uint8Array };
      return this.#bytes({
        type: rowOf('hello').id,
        body: hello.encode({ minor: 1, session: this.#sessions }),
        sequenced: false,
        sequence: 0,
      });
    }
    if (plan.do === 'update') return this.#update(plan, received);
    if (plan.do === 'right') return this.#rightly(plan, drawn, strip);
    const sequence = (this.#sequence + plan.skip) & 0xff;
    if (plan.sequenced && plan.skip === 0 && plan.address === this.#shape.address && plan.major === 1)
      this.#next();
    return this.#bytes({ ...plan, sequence });
  }

  #rightly(
    { name, slot }: Extract<Plan, { do: 'right' }>,
    drawn: Uint8Array,
    strip: { bytes: Uint8Array; height: number },
  ): Step {
    const { width } = this.#shape;
    const values = {
      crc: crc32(drawn),
      slot,
      strip: crc32(strip.bytes),
      x: 0,
      y: 0,
      width,
      stepsPerSecond: 20,
      stepPixels: 1 + slot,
      gap: slot,
      rounds: slot,
    };
    const codec = rowOf(name).codec as { encode(body: unknown): Uint8Array };
    const sequence = this.#next();
    return this.#bytes({ type: rowOf(name).id, body: codec.encode(values), sequenced: true, sequence });
  }

  #update({ what, image: which, bytes }: Extract<Plan, { do: 'update' }>, received: number): Step {
    const { begin, digest, bytes: all } = IMAGES[which] ?? imageOf(1, new Uint8Array());
    const data = all.subarray(received, received + bytes);
    const body = {
      begin,
      block: updateBlock.encode({ offset: received, data }),
      activate: updateActivate.encode({ digest }),
    }[what];
    return this.#bytes({ type: rowOf(`update-${what}`).id, body, sequenced: true, sequence: this.#next() });
  }

  #next(): number {
    const sequence = this.#sequence;
    this.#sequence = (sequence + 1) & 0xff;
    return sequence;
  }

  #bytes(frame: {
    type: number;
    body: Uint8Array;
    sequenced: boolean;
    sequence: number;
    poll?: boolean;
    major?: number;
    address?: number;
  }): Step {
    const {
      type,
      body: content,
      sequenced,
      sequence,
      poll = true,
      major = 1,
      address = this.#shape.address,
    } = frame;
    const header = { major, address, fromBoard: false, sequenced, poll, type, sequence, ack: 0, held: 0 };
    return { do: 'bytes', bytes: encodeFrame({ header, body: content }) };
  }
}

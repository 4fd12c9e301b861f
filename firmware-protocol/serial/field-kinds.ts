/** A named place in the body of a frame. Integers are big-endian. */
export type Field = (
  | {
      readonly name: string;
      readonly as: 'u8' | 'u16' | 'u32' | 'i16' | 'id' | 'digest' | 'signature' | 'text' | 'rest';
    }
  | { readonly name: string; readonly as: 'choice' | 'set'; readonly of: Readonly<Record<string, number>> }
) & {
  /** Appended by a later minor than its frame: a body that ends before it is whole, and means `absent`. */
  readonly later?: { readonly since: `${number}.${number}`; readonly absent: unknown };
};

export interface Kind {
  fewest: number;
  /** Absent: as many as the row allows. */
  most?: number;
  put(value: unknown, field: Field): Uint8Array;
  take(bytes: Uint8Array, field: Field): { value: unknown; bytes: number } | undefined;
}

const MAX_TEXT_BYTES = 63;
const SET_BYTES = 2;

/** Bytes that are no UTF-8 are a `?` each, as long as they were at most: what was read can be written again. */
function legible(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\uFFFD', '?');
}

/** One row per kind of field: its size, how it is put and taken. */
export const KINDS: Record<Field['as'], Kind> = {
  u8: integer(1),
  u16: integer(2),
  u32: integer(4),
  i16: signed(2),
  id: hexDigits(8),
  digest: hexDigits(32),
  signature: hexDigits(64),
  text: {
    fewest: 1,
    most: 1 + MAX_TEXT_BYTES,
    put: (value) => {
      const text = new TextEncoder().encode(String(value));
      if (text.length > MAX_TEXT_BYTES) throw new RangeError(`a text of ${text.length} bytes`);
      return Uint8Array.of(text.length, ...text);
    },
    take: (bytes) => {
      const length = bytes[0] ?? 0;
      if (length > MAX_TEXT_BYTES || bytes.length < 1 + length) return undefined;
      return { value: legible(bytes.subarray(1, 1 + length)), bytes: 1 + length };
    },
  },
  rest: {
    fewest: 0,
    put: (value) => {
      if (!(value instanceof Uint8Array)) throw new RangeError('not bytes');
      return value;
    },
    take: (bytes) => ({ value: bytes, bytes: bytes.length }),
  },
  choice: {
    fewest: 1,
    most: 1,
    put: (value, field) => Uint8Array.of(numberOf(value, field)),
    take: (bytes, field) => {
      const name = Object.entries(namesOf(field)).find(([, number]) => number === bytes[0])?.[0];
      return name === undefined ? undefined : { value: name, bytes: 1 };
    },
  },
  set: {
    fewest: SET_BYTES,
    most: SET_BYTES,
    put: (value, field) => {
      if (!Array.isArray(value)) throw new RangeError('not a set');
      const bits = value.reduce((sum: number, name: unknown) => sum | (1 << numberOf(name, field)), 0);
      return Uint8Array.of(bits >>> 8, bits & 0xff);
    },
    take: (bytes, field) => {
      const [high, low] = bytes;
      if (high === undefined || low === undefined) return undefined;
      // A bit without a name is a capability of a later minor: not an error, just not ours to use.
      const names = Object.entries(namesOf(field)).filter(([, bit]) => ((high << 8) | low) & (1 << bit));
      return { value: names.map(([name]) => name), bytes: SET_BYTES };
    },
  },
};

function integer(bytes: 1 | 2 | 4): Kind {
  const limit = 2 ** (8 * bytes);
  return {
    fewest: bytes,
    most: bytes,
    put: (value) => {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= limit)
        throw new RangeError(`${value} does not fit ${bytes} bytes`);
      return Uint8Array.from(
        { length: bytes },
        (_unused, i) => Math.floor(value / 256 ** (bytes - 1 - i)) & 0xff,
      );
    },
    take: (from) => {
      if (from.length < bytes) return undefined;
      return { value: from.subarray(0, bytes).reduce((sum, byte) => sum * 256 + byte, 0), bytes };
    },
  };
}

function namesOf(field: Field): Readonly<Record<string, number>> {
  return 'of' in field ? field.of : {};
}

function numberOf(name: unknown, field: Field): number {
  const number = namesOf(field)[String(name)];
  if (number === undefined) throw new RangeError(`${field.name} cannot be ${name}`);
  return number;
}

/** Two's complement. */
function signed(bytes: 2): Kind {
  const unsigned = integer(bytes);
  const limit = 2 ** (8 * bytes);
  return {
    ...unsigned,
    put: (value, field) => {
      if (typeof value !== 'number' || value < -limit / 2 || value >= limit / 2)
        throw new RangeError(`${value} does not fit ${bytes} bytes`);
      return unsigned.put(value < 0 ? value + limit : value, field);
    },
    take: (from, field) => {
      const taken = unsigned.take(from, field);
      const value = Number(taken?.value);
      return taken && { ...taken, value: value >= limit / 2 ? value - limit : value };
    },
  };
}

/** Bytes that people see as hex digits, two a byte. */
function hexDigits(count: 8 | 32 | 64): Kind {
  const wellFormed = new RegExp(`^[0-9a-f]{${2 * count}}$`);
  return {
    fewest: count,
    most: count,
    put: (value) => {
      const digits = String(value);
      if (!wellFormed.test(digits)) throw new RangeError(`not ${count} bytes in hex: ${digits}`);
      return Uint8Array.from({ length: count }, (_unused, i) =>
        Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
      );
    },
    take: (bytes) => {
      if (bytes.length < count) return undefined;
      const digits = Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0'));
      return { value: digits.join(''), bytes: count };
    },
  };
}

import { type Field, KINDS } from './field-kinds.ts';

/** What a field holds in memory. */
type ValueOf<F extends Field> = F extends { as: 'choice'; of: infer Names }
  ? keyof Names & string
  : F extends { as: 'set'; of: infer Names }
    ? (keyof Names & string)[]
    : F extends { as: 'id' | 'digest' | 'signature' | 'text' }
      ? string
      : F extends { as: 'rest' }
        ? Uint8Array
        : number;

/**
 * The body of a frame is a list of fields, one after the other. From the list come the type, encode, decode and the log
 * form; SPEC.md's tables are held against it.
 */
export type BodyOf<L extends readonly Field[]> = { [F in L[number] as F['name']]: ValueOf<F> };

export interface Codec<T> {
  readonly layout: readonly Field[];
  /**
   * Fewest and most bytes; later minors may append, so more than `maxBytes` of a fixed body is read and the rest left, and
   * a body may end before a field that came later than its frame.
   */
  readonly minBytes: number;
  readonly maxBytes: number;
  /** Throws RangeError for a value that its field cannot hold. */
  encode(body: T): Uint8Array;
  /** Undefined = too short, or a value without a meaning. Never throws. */
  decode(bytes: Uint8Array): T | undefined;
  /** One line for people: `x=0 y=8 data=2048B`. */
  log(body: T): string;
}

/** @param maxRest the most bytes that a `rest` field may have. */
export function codecOf<const L extends readonly Field[]>(layout: L, maxRest = 0): Codec<BodyOf<L>> {
  const fewest = layout.reduce((sum, field) => sum + (field.later ? 0 : KINDS[field.as].fewest), 0);
  const most = layout.reduce((sum, field) => sum + (KINDS[field.as].most ?? maxRest), 0);
  return {
    layout,
    minBytes: fewest,
    maxBytes: most,
    encode(body) {
      const values: Record<string, unknown> = body;
      const parts = layout.map((field) => KINDS[field.as].put(values[field.name], field));
      const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      if (at > most) throw new RangeError(`a body of ${at} bytes where ${most} are allowed`);
      return bytes;
    },
    decode(bytes) {
      const body: Record<string, unknown> = {};
      let at = 0;
      for (const field of layout) {
        const ends = field.later !== undefined && at >= bytes.length;
        const taken = ends
          ? { value: field.later.absent, bytes: 0 }
          : KINDS[field.as].take(bytes.subarray(at), field);
        if (taken === undefined) return undefined;
        body[field.name] = taken.value;
        at += taken.bytes;
      }
      // Every field of the layout was put in above with the type of its kind.
      return body as BodyOf<L>;
    },
    log(body) {
      const values: Record<string, unknown> = body;
      return layout.map((field) => `${field.name}=${shown(values[field.name])}`).join(' ');
    },
  };
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length}B`;
  return Array.isArray(value) ? value.join('+') || 'none' : String(value);
}

/**
 * Advance widths read straight from a TrueType file, so that lines can be chosen without a font engine: Thai marks
 * have no width of their own and Noto Sans Thai has no kerning between words, so the sum of advances is the width.
 * Source: OpenType 1.9 `head`, `hhea`, `hmtx`, `cmap` format 4.
 */
export interface FontMetrics {
  /** Width of a character at a size, whole pixels as Pango places it; undefined = the font has no such character. */
  advance(character: string, px: number): number | undefined;
  /** Width of a text, whole pixels. Characters that the font lacks count as one em. */
  width(text: string, px: number): number;
}

/** Reads a TrueType font. Throws RangeError on bytes that are none: the file is part of the product. */
export function readFontMetrics(ttf: Uint8Array): FontMetrics {
  const view = new DataView(ttf.buffer, ttf.byteOffset, ttf.byteLength);
  const tables = tableOffsets(view);
  const unitsPerEm = view.getUint16(tables('head') + 18);
  const longMetrics = view.getUint16(tables('hhea') + 34);
  const hmtx = tables('hmtx');
  const glyphOf = characterMap(view, tables('cmap'));

  const advance = (character: string, px: number) => {
    const glyph = glyphOf(character.codePointAt(0) ?? 0);
    if (glyph === 0) return undefined;
    return Math.round((view.getUint16(hmtx + 4 * Math.min(glyph, longMetrics - 1)) * px) / unitsPerEm);
  };
  return {
    advance,
    width: (text, px) => [...text].reduce((sum, character) => sum + (advance(character, px) ?? px), 0),
  };
}

function tableOffsets(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>();
  for (let record = 12; record < 12 + 16 * view.getUint16(4); record += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(record + index)));
    offsets.set(tag, view.getUint32(record + 8));
  }
  return (tag) => {
    const offset = offsets.get(tag);
    if (offset === undefined) throw new RangeError(`no TrueType font: table ${tag} is absent`);
    return offset;
  };
}

interface Segment {
  first: number;
  last: number;
  delta: number;
  /** Where the glyph of `first` stands; undefined = the character code plus delta is the glyph. */
  glyphsAt: number | undefined;
}

function characterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const segments = readSegments(view, unicodeSubtable(view, cmap));
  return (codePoint) => {
    const segment = segments.find(({ last }) => codePoint <= last);
    if (segment === undefined || codePoint < segment.first) return 0;
    if (segment.glyphsAt === undefined) return (codePoint + segment.delta) & 0xffff;
    const glyph = view.getUint16(segment.glyphsAt + 2 * (codePoint - segment.first));
    return glyph === 0 ? 0 : (glyph + segment.delta) & 0xffff;
  };
}

function unicodeSubtable(view: DataView, cmap: number): number {
  for (let record = cmap + 4; record < cmap + 4 + 8 * view.getUint16(cmap + 2); record += 8) {
    const subtable = cmap + view.getUint32(record + 4);
    if (view.getUint16(subtable) === 4) return subtable;
  }
  throw new RangeError('no TrueType font: no character map of format 4');
}

function readSegments(view: DataView, subtable: number): Segment[] {
  const count = view.getUint16(subtable + 6) / 2;
  const lasts = subtable + 14;
  const firsts = lasts + 2 * count + 2;
  return Array.from({ length: count }, (_, index) => {
    const rangeAt = firsts + 4 * count + 2 * index;
    const range = view.getUint16(rangeAt);
    return {
      first: view.getUint16(firsts + 2 * index),
      last: view.getUint16(lasts + 2 * index),
      delta: view.getUint16(firsts + 2 * count + 2 * index),
      glyphsAt: range === 0 ? undefined : rangeAt + range,
    };
  });
}

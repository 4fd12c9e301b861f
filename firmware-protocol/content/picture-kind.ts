/** The kinds of picture that are decoded, by the first bytes of each (PNG 5.2, JPEG B.1.1.3, GIF89a 17). */
const KINDS = [
  { kind: 'png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'jpeg', starts: [0xff, 0xd8, 0xff] },
  { kind: 'gif', starts: [0x47, 0x49, 0x46, 0x38] },
] as const;

export type PictureKind = (typeof KINDS)[number]['kind'];

/** How many bytes of a file must be read to know. */
export const PICTURE_START_BYTES = 8;

/** Undefined = no picture, whatever the name of the file says: it must not reach a decoder. */
export function pictureKindOf(start: Uint8Array): PictureKind | undefined {
  return KINDS.find(({ starts }) => starts.every((byte, at) => start[at] === byte))?.kind;
}

const BLOCK = 512;

/** One file of an archive, by a name of at most 100 ASCII letters. */
export interface TarFile {
  name: string;
  content: Buffer;
}

/** A tar archive of plain files (POSIX ustar): owned by nobody, readable by its owner. `seconds` since 1970 date them. */
export function tarOf(files: TarFile[], seconds: number): Buffer {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length, seconds),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  // Two empty blocks end an archive.
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** Fields of a header as [offset, text]; numbers are octal. */
function header(name: string, bytes: number, seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const fields: [number, string][] = [
    [0, name],
    [100, octal(0o600, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(bytes, 12)],
    [136, octal(seconds, 12)],
    // The checksum counts itself as blanks.
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\0'],
    [263, '00'],
  ];
  for (const [at, text] of fields) block.write(text, at, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(value: number, width: number): string {
  return `${Math.floor(value)
    .toString(8)
    .padStart(width - 1, '0')}\0`;
}

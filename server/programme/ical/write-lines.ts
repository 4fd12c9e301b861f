/** Octets of a line without its end (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/** A value of type TEXT (3.3.11). */
export function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '\\n');
}

/** Content lines -> the file: folded, with CRLF. A fold never cuts a letter, though the octets of one may be three. */
export function icalText(lines: readonly string[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function folded(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    // A continued line begins with a space, which counts.
    if (octets + size > LINE_OCTETS - (pieces.length === 0 ? 0 : 1)) {
      pieces.push(piece);
      [piece, octets] = ['', 0];
    }
    piece += letter;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}

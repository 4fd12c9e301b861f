/** Bytes of a table as spreadsheets of this country save it -> rows of text. Pure. */

export interface CsvRow {
  /** Of the file, from 1; a quoted cell may hold line breaks. */
  line: number;
  cells: string[];
}

export interface CsvText {
  /** As it was read, for people: a file of old Windows is easily taken for another. */
  encoding: 'utf-8' | 'utf-16' | 'tis-620';
  delimiter: ',' | ';' | '\t';
  rows: CsvRow[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/** Excel's "Unicode text" is UTF-16; its plain CSV on a Thai Windows is TIS-620 (code page 874). */
export function decodeCsv(bytes: Uint8Array): CsvText {
  const { encoding, text } = decoded(bytes);
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, rows: rowsOf(text, delimiter) };
}

function decoded(bytes: Uint8Array): Pick<CsvText, 'encoding'> & { text: string } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return { encoding: 'utf-16', text: new TextDecoder('utf-16le').decode(bytes) };
  try {
    // Takes a byte order mark away.
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'tis-620', text: new TextDecoder('windows-874').decode(bytes) };
  }
}

/** The one of which the heading has most; Excel writes ";" where "," is the decimal mark. */
function delimiterOf(text: string): CsvText['delimiter'] {
  const [heading = ''] = text.split(/\r?\n/, 1);
  const counts = DELIMITERS.map((each) => heading.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** RFC 4180; empty lines are left out, blanks around cells too, and a line break within one is a blank. */
function rowsOf(text: string, delimiter: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let [line, start] = [1, 1];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    cells.push(cell.replace(/\s+/g, ' ').trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (cells.some((each) => each !== '')) rows.push({ line: start, cells });
    cells = [];
    start = line;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\n') line++;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell.trim() === '') [quoted, cell] = [true, ''];
    else if (letter === delimiter) endCell();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  endRow();
  return rows;
}

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
  /** Line of the first quotation mark whose cell does not end with one: what stands below it may have been taken for its text. */
  openQuote: number | undefined;
}

export const OPEN_QUOTE = {
  code: 'open-quote',
  en: 'a cell begins with a quotation mark and does not end with one; a mark within a quoted text is written twice',
  th: 'ช่องนี้เปิดเครื่องหมายคำพูดแล้วไม่ปิด ถ้าเครื่องหมายอยู่ในข้อความให้พิมพ์ซ้ำสองตัว',
} as const;

const DELIMITERS = [',', ';', '\t'] as const;

/** Excel's "Unicode text" is UTF-16; its plain CSV on a Thai Windows is TIS-620 (code page 874). */
export function decodeCsv(bytes: Uint8Array): CsvText {
  const { encoding, text: written } = decoded(bytes);
  // Excel for the Macintosh ends lines with a carriage return alone.
  const text = written.replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, ...rowsOf(text, delimiter) };
}

function decoded(bytes: Uint8Array): Pick<CsvText, 'encoding'> & { text: string } {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 !== undefined) return { encoding: 'utf-16', text: new TextDecoder(utf16).decode(bytes) };
  try {
    // Takes a byte order mark away.
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'tis-620', text: new TextDecoder('windows-874').decode(bytes) };
  }
}

/** The one of which the heading has most; Excel writes ";" where "," is the decimal mark. */
function delimiterOf(text: string): CsvText['delimiter'] {
  const [heading = ''] = text.split('\n', 1);
  const counts = DELIMITERS.map((each) => heading.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** RFC 4180, lines ended by line feeds; empty lines are left out, blanks around cells too, and a line break within one is a blank. */
function rowsOf(text: string, delimiter: string): Pick<CsvText, 'rows' | 'openQuote'> {
  const rows: CsvRow[] = [];
  let [line, start] = [1, 1];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  /** Where the quoted text of this cell began, also when it has ended. */
  let quotedFrom: number | undefined;
  let openQuote: number | undefined;
  const endCell = () => {
    cells.push(cell.replace(/\s+/g, ' ').trim());
    cell = '';
    quotedFrom = undefined;
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
    } else if (letter === delimiter) endCell();
    else if (letter === '\n') endRow();
    else if (letter === '"' && quotedFrom === undefined && cell.trim() === '')
      [quoted, quotedFrom, cell] = [true, line, ''];
    else {
      if (quotedFrom !== undefined && letter?.trim() !== '') openQuote ??= quotedFrom;
      cell += letter;
    }
  }
  if (quoted) openQuote ??= quotedFrom;
  endRow();
  return { rows, openQuote };
}

type CsvRow = readonly (string | number)[];

/** A table as a spreadsheet of an office opens it: Excel takes UTF-8 for Thai only where the file begins with a BOM (RFC 4180, plus that). */
export function csvText(rows: readonly CsvRow[]): string {
  return `\uFEFF${csvLines(rows)}`;
}

/** More rows of a table that was begun with `csvText`: a long one is made piece by piece, and the page never stands still. */
export function csvLines(rows: readonly CsvRow[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/**
 * Text that a spreadsheet would take for a formula is put behind an apostrophe: names come from halls and other offices, and a
 * formula can fetch or send (OWASP, CSV injection). Numbers of ours stay numbers.
 */
const FORMULA = /^[\s]*[=+\-@＝＋－＠\t\r]/;
const QUOTED = /[",\r\n]/;

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives a file, whole or in its pieces, to the person at the browser. */
export function saveFile(name: string, text: string | string[], type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text].flat(), { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** `หอกระจายข่าว-43-2569-11-27.csv`: the day as people here count it, and in an order that sorts. */
export function csvName(what: string, area: string, now: number): string {
  const [day = '', month = '', year = ''] = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Bangkok',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .format(now)
    .split('/');
  return `${what}-${area}-${Number(year) + 543}-${month}-${day}.csv`;
}

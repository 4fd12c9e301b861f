import { dayOf, daysInMonth } from '../../firmware-protocol/content/civil-day.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { type CsvRow, decodeCsv, OPEN_QUOTE } from '../areas/csv-text.ts';
import { arabic } from '../areas/place-columns.ts';
import type { CalendarSpan } from './calendar-days.ts';

/** Columns of a table of days, by every heading that people give them; a file without headings has them in this order. */
const COLUMNS = {
  date: ['date', 'from', 'วันที่', 'วันเริ่ม', 'ตั้งแต่'],
  to: ['to', 'until', 'ถึง', 'ถึงวันที่', 'วันสิ้นสุด'],
  title: ['title', 'name', 'ชื่อ', 'รายการ', 'ชื่อวัน'],
} as const;
/** A school term is 20 weeks; a span of more than a year is a typing error. */
const LONGEST_DAYS = 400;
const BUDDHIST_ERA = 543;

/** A table of days or spans of days, as a spreadsheet saves it: `2026-11-01` or `1/11/2569`. Paths of faults are `line 3, to`. */
export function readCalendar(bytes: Uint8Array): { spans: CalendarSpan[]; faults: Fault[] } {
  const { rows, openQuote } = decodeCsv(bytes);
  const heading = rows[0]?.cells.map(columnOf) ?? [];
  const hasHeading = heading.includes('date');
  const columns = hasHeading ? heading : (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]);
  const body = hasHeading ? rows.slice(1) : rows;
  const spans: CalendarSpan[] = [];
  const faults: Fault[] = [];
  if (openQuote !== undefined) faults.push({ path: `line ${openQuote}`, ...OPEN_QUOTE });
  for (const row of body) takeRow(row, columns, spans, faults);
  if (body.length === 0)
    faults.push({ path: 'line 1', code: 'empty', en: 'there is no day', th: 'ไม่มีวันในไฟล์' });
  return { spans, faults };
}

function columnOf(heading: string): keyof typeof COLUMNS | undefined {
  const found = Object.entries(COLUMNS).find(([, names]) =>
    names.some((name) => name === heading.toLowerCase()),
  );
  return found?.[0] as keyof typeof COLUMNS | undefined;
}

function takeRow(
  { line, cells }: CsvRow,
  columns: (keyof typeof COLUMNS | undefined)[],
  spans: CalendarSpan[],
  faults: Fault[],
): void {
  const cell = (name: keyof typeof COLUMNS) => cells[columns.indexOf(name)] ?? '';
  const [from, to] = [dayIn(cell('date')), cell('to') === '' ? dayIn(cell('date')) : dayIn(cell('to'))];
  for (const [column, day] of [
    ['date', from],
    ['to', to],
  ] as const)
    if (day === undefined && (column === 'date' || cell('to') !== ''))
      faults.push({
        path: `line ${line}, ${column}`,
        code: 'bad-date',
        en: `"${cell(column)}" is no day; write 2026-11-01 or 1/11/2569`,
        th: `"${cell(column)}" ไม่ใช่วันที่ ให้เขียนแบบ 2026-11-01 หรือ 1/11/2569`,
      });
  if (from === undefined || to === undefined) return;
  if (to < from || to - from > LONGEST_DAYS)
    faults.push({
      path: `line ${line}, to`,
      code: 'bad-span',
      en: `from ${cell('date')} to ${cell('to')} is no span of at most ${LONGEST_DAYS} days`,
      th: `ช่วง ${cell('date')} ถึง ${cell('to')} ต้องเรียงก่อนหลังและยาวไม่เกิน ${LONGEST_DAYS} วัน`,
    });
  else spans.push({ from, to, title: cell('title').slice(0, 120) });
}

/** Years above 2400 are of the Buddhist era. */
function dayIn(text: string): number | undefined {
  const plain = arabic(text).trim();
  const [, y, m, d] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain) ?? [];
  const [, dd, mm, yy] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain) ?? [];
  const [year, month, day] = [Number(y ?? yy), Number(m ?? mm), Number(d ?? dd)];
  const common = year > 2_400 ? year - BUDDHIST_ERA : year;
  if (!(common >= 2_000 && common < 2_200 && month >= 1 && month <= 12)) return undefined;
  return day >= 1 && day <= daysInMonth(common, month) ? dayOf(common, month, day) : undefined;
}

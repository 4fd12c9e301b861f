import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { VillagePoint } from '../../server/alerts/area-match.ts';
import { Failed } from '../cli.ts';

const Villages = z.array(
  z.object({
    code: z.string().regex(/^\d{8}$/),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
  }),
);

/** Villages of a file: JSON `[{"code": "43010101", "lat": 17.9, "lon": 102.7}]`, or CSV with the columns code, lat, lon. */
export async function villageFile(path: string): Promise<VillagePoint[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failed({ en: `cannot read ${path}`, th: `อ่านไฟล์ ${path} ไม่ได้` }, { code: 'no-file', cause });
  });
  const read = Villages.safeParse(/^\s*\[/.test(text) ? jsonOf(text) : rowsOf(text));
  if (read.success) return read.data;
  const [index, member] = read.error.issues[0]?.path ?? [];
  const where = typeof index === 'number' ? `${index + 1}, ${String(member ?? '')}` : '';
  throw new Failed(
    { en: `${path} is no list of villages: entry ${where}`, th: `${path} ไม่ใช่รายการหมู่บ้าน: รายการที่ ${where}` },
    { code: 'villages-invalid' },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Other columns are left alone; an empty cell is no point. */
function rowsOf(text: string): unknown {
  const [head = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const separator = head.includes(';') ? ';' : ',';
  const cellsOf = (line: string) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const columns = cellsOf(head.toLowerCase());
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = cellsOf(line);
      const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
      const number = (name: string) => (cell(name) === '' ? undefined : Number(cell(name)));
      return { code: cell('code'), lat: number('lat'), lon: number('lon') };
    });
}

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { VillagePoint } from '../../server/alerts/area-match.ts';
import { decodeCsv } from '../../server/areas/csv-text.ts';
import { arabic, columnOf } from '../../server/areas/place-columns.ts';
import { unreadable } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';

const Villages = z.array(
  z.object({
    code: z.string().regex(/^\d{8}$/),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
  }),
);

/**
 * Villages of a file: JSON `[{"code": "43010101", "lat": 17.9, "lon": 102.7}]`, or the table that a server imports, of which
 * only code, lat and lon are looked at.
 */
export async function villageFile(path: string): Promise<VillagePoint[]> {
  const bytes = await readFile(path).catch(unreadable(path));
  const isJson = /^\s*\[/.test(bytes.subarray(0, 64).toString('utf8'));
  const read = Villages.safeParse(isJson ? jsonOf(bytes.toString('utf8')) : rowsOf(bytes));
  if (read.success && read.data.length > 0) return read.data;
  const [index, member = ''] = read.error?.issues[0]?.path ?? [];
  const where = typeof index === 'number' ? `${index + 1} ${String(member)}` : '1';
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

/** Headings as the import knows them, Thai too; an empty cell is no point. */
function rowsOf(bytes: Uint8Array): unknown {
  const [heading, ...rows] = decodeCsv(bytes).rows;
  const columns = heading?.cells.map(columnOf) ?? [];
  return rows.map(({ cells }) => {
    const cell = (name: 'code' | 'lat' | 'lon') => arabic(cells[columns.indexOf(name)] ?? '').trim();
    const number = (name: 'lat' | 'lon') =>
      cell(name) === '' ? undefined : Number(cell(name).replace(',', '.'));
    return { code: cell('code').replace(/[\s-]/g, ''), lat: number('lat'), lon: number('lon') };
  });
}

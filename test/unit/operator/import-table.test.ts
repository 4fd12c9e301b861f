import { describe, expect, it } from 'vitest';
import { Failed } from '../../../scripts/cli.ts';
import type { OperatorClient } from '../../../scripts/operator/client.ts';
import { importTable } from '../../../scripts/operator/import-table.ts';
import { tableParts } from '../../../scripts/operator/table-parts.ts';
import { readPlaces } from '../../../server/areas/place-csv.ts';

const HEADING = 'รหัสหมู่บ้าน,ชื่อหมู่บ้าน,สถานที่ติดตั้ง,ละติจูด,ลองจิจูด';
const row = (code: number, site = 'ศาลา', lat = '17.5') =>
  `${code},"บ้าน ""ใหม่"", ${code}",${site},${lat},102.7`;
const bytes = (rows: string[]) => Buffer.from([HEADING, ...rows].join('\r\n'));
/** Some 90 bytes each, in Nong Khai and Udon Thani. */
const villages = (count: number, province: number) =>
  Array.from({ length: count }, (_, at) => row(province * 1_000_000 + 10_101 + at));

/** Reads a part as the server does, and keeps what was taken. */
function register() {
  const taken: { code: string; sites: number }[] = [];
  const asked: unknown[] = [];
  const ask = async (_what: string, { csv, csv_base64, area, dry_run }: Record<string, unknown>) => {
    const part =
      csv_base64 === undefined ? Buffer.from(String(csv)) : Buffer.from(String(csv_base64), 'base64');
    asked.push(area);
    const read = readPlaces(part);
    if (read.faults.length > 0) throw new Failed('faults', { code: 'places-invalid', faults: read.faults });
    const found = read.villages.map(({ code, sites }) => ({ code, sites: sites.length }));
    if (dry_run !== true) taken.push(...found);
    const { encoding, delimiter } = read;
    const imported = {
      ...{ done: dry_run !== true, villages: found.length, sites: 0, added: found.length, changed: 0 },
      ...{ dropped: [], without_point: 0, groups: [], encoding, delimiter },
    };
    return { area: 'th', total: 0, villages: [], imported };
  };
  return { operator: { ask } as unknown as Pick<OperatorClient, 'ask'>, taken, asked };
}

describe('a table that is too large for one request', () => {
  const MANY = [...villages(6_000, 43), ...villages(6_000, 41)];

  it('goes in parts of one province each, and is taken whole', async () => {
    const { operator, taken, asked } = register();
    const told = await importTable(operator, bytes(MANY), {});
    expect(told).toMatchObject({ done: true, villages: 12_000, added: 12_000 });
    expect(taken).toHaveLength(12_000);
    expect(new Set(asked)).toEqual(new Set(['41', '43']));
  });

  it('is tried whole first: a fault in its last line keeps all of it out, and is told by its line in the file', async () => {
    const { operator, taken } = register();
    const told = importTable(operator, bytes([...MANY, row(41_999_999, 'ศาลา', '117.5')]), {});
    await expect(told).rejects.toMatchObject({ faults: [{ path: 'line 12002, lat' }] });
    expect(taken).toEqual([]);
  });

  it('has two sites of a village in one part, however far apart they stand', async () => {
    const { operator, taken } = register();
    await importTable(operator, bytes([...MANY, row(43_010_101, 'วัด')]), {});
    expect(taken.filter(({ code }) => code === '43010101')).toEqual([{ code: '43010101', sites: 2 }]);
  });

  it('cannot stand for the whole list', async () => {
    const { operator, asked } = register();
    await expect(importTable(operator, bytes(MANY), { replace: true, area: 'th' })).rejects.toMatchObject({
      code: 'request-too-large',
    });
    expect(asked).toEqual([]);
  });

  it('keeps to the bytes of a part', () => {
    const { parts } = tableParts(bytes(MANY), 100_000);
    expect(Math.max(...parts.map(({ csv }) => Buffer.byteLength(csv)))).toBeLessThanOrEqual(100_000);
    expect(parts.reduce((sum, { lines }) => sum + lines.length - 1, 0)).toBe(12_000);
  });
});

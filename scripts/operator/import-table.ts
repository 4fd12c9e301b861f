import { AreaCode } from '../../firmware-protocol/content/area.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { type CutTable, tableParts } from './table-parts.ts';

export interface ImportWish {
  area?: string | undefined;
  replace?: boolean | undefined;
  dryRun?: boolean | undefined;
}
type Imported = NonNullable<AnswerTo<'places'>['imported']>;

/** Quotation marks are longer in JSON, and the rest of the request stands beside. */
const PART_BYTES = TOPICS.operatorRequest.maxBytes / 2;
/** As Base64, with what stands beside it. */
const WHOLE_BYTES = (TOPICS.operatorRequest.maxBytes - 1_024) * 0.75;

/**
 * Takes a table of villages: all of it or nothing. The table of a whole country does not fit a request, so it goes in parts, each of which is
 * tried before the first is taken. Undefined = the server told nothing of it.
 */
export async function importTable(
  operator: Pick<OperatorClient, 'ask'>,
  bytes: Uint8Array,
  { area, replace, dryRun = false }: ImportWish,
): Promise<Imported | undefined> {
  if (bytes.length <= WHOLE_BYTES) {
    const csv_base64 = Buffer.from(bytes).toString('base64');
    return (await operator.ask('places', { csv_base64, area, replace, dry_run: dryRun })).imported;
  }
  if (replace === true) throw new Failed(TOO_LARGE_TO_REPLACE, { code: 'request-too-large' });
  const table = tableParts(bytes, PART_BYTES);
  const tried = await takeAll(operator, table, true);
  return dryRun ? tried : takeAll(operator, table, false);
}

const TOO_LARGE_TO_REPLACE = {
  en: 'with --replace a table has to fit one request: give that of one province at a time',
  th: 'เมื่อใช้ --replace ตารางต้องส่งได้ในคำขอเดียว ให้นำเข้าทีละจังหวัด',
};

async function takeAll(
  operator: Pick<OperatorClient, 'ask'>,
  { parts, encoding, delimiter }: CutTable,
  dryRun: boolean,
): Promise<Imported | undefined> {
  const faults: Failed['faults'] = [];
  let all: Imported | undefined;
  for (const { csv, province, lines } of parts) {
    // Without --replace the area says only what is counted in the answer.
    const area = AreaCode.safeParse(province).data;
    try {
      const { imported } = await operator.ask('places', { csv, area, dry_run: dryRun });
      all = imported && { ...sum(all, imported), encoding, delimiter };
    } catch (error) {
      if (!(error instanceof Failed) || error.code !== 'places-invalid') throw error;
      faults.push(...error.faults.map((fault) => ({ ...fault, path: inFile(fault.path, lines) })));
    }
  }
  if (faults.length === 0) return all;
  const count = faults.length;
  throw new Failed(
    {
      en: `the table has ${count} faults; nothing of it was imported`,
      th: `ตารางมีที่ผิด ${count} แห่ง ยังไม่ได้นำเข้าข้อมูลใด ๆ`,
    },
    { code: 'places-invalid', faults },
  );
}

function sum(before: Imported | undefined, part: Imported): Imported {
  if (before === undefined) return part;
  return {
    ...before,
    villages: before.villages + part.villages,
    sites: before.sites + part.sites,
    added: before.added + part.added,
    changed: before.changed + part.changed,
    without_point: before.without_point + part.without_point,
    groups: [...new Set([...before.groups, ...part.groups])],
  };
}

/** `line 3, lat` of a part -> `line 20003, lat` of the file. */
function inFile(path: string, lines: readonly number[]): string {
  return path.replace(/^line (\d+)/, (_whole, line: string) => `line ${lines[Number(line) - 1] ?? line}`);
}

import { type AreaCode, type DeviceId, lineageOf } from '../../firmware-protocol/content/area.ts';
import type { HallRow, HallsAnswer, HallsRequest } from '../../firmware-protocol/mqtt/hall-requests.ts';
import { hallRowOf } from '../fleet/hall-row.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { DeviceRecord } from '../tables.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseUnknown, visibleWithin } from './targets.ts';

/** Of a message's 640 KB: a hall takes some 300 bytes as a rule, with 64 warnings more than 4 KB. */
const ROWS_BYTES = 500_000;

/** A window into the list of the halls that the asker may see. */
export async function halls(
  asker: OperatorIdentity,
  { area, search, only, sort, descending, skip, limit }: HallsRequest,
  { places, finder, province }: RequestNeeds,
): Promise<HallsAnswer> {
  await refuseUnknown(area, places);
  const areas = visibleWithin(asker, area);
  const list = await finder.find({ areas, search, only, sort, descending });
  const window = list.slice(skip, skip + limit);
  const records = await province.db.devices.many(window.map(({ id }) => id));
  const rows = asManyAsFit(window.flatMap(({ id }) => rowIn(records, id)));
  const holding = new Set(rows.flatMap(({ village }) => lineageOf(village).slice(1, -1)));
  return {
    total: list.length,
    skip,
    halls: rows,
    places: (await Promise.all([...holding].sort().map((each) => named(each, finder)))).flat(),
  };
}

async function named(
  area: AreaCode,
  finder: Pick<RequestNeeds['finder'], 'nameOf'>,
): Promise<HallsAnswer['places']> {
  const name = await finder.nameOf(area);
  return name === undefined ? [] : [{ area, th: name.th, en: name.en }];
}

function rowIn(records: ReadonlyMap<DeviceId, DeviceRecord>, id: DeviceId): HallRow[] {
  const record = records.get(id);
  return record === undefined ? [] : [hallRowOf(record)];
}

function asManyAsFit(rows: HallRow[]): HallRow[] {
  let bytes = 0;
  const over = rows.findIndex((row) => {
    bytes += Buffer.byteLength(JSON.stringify(row));
    return bytes > ROWS_BYTES;
  });
  return over === -1 ? rows : rows.slice(0, over);
}

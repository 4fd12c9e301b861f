import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import {
  type CoverageRequest,
  PLACE_LIMITS,
  type PlacesRequest,
} from '../../firmware-protocol/mqtt/place-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { coverageOf } from '../areas/coverage.ts';
import type { VillageRecord } from '../areas/place-records.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget, refuseUnknown, visibleWithin } from './targets.ts';

/** What fits a message beside the rest: a village takes some 250 bytes of it. */
const WANTING_TOLD = 1_500;

/** The villages that the asker may see, or an import of a table of them. */
export async function places(
  asker: OperatorIdentity,
  request: PlacesRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'places'>> {
  const { area, after = '', csv, csv_base64 } = request;
  const bytes = csv_base64 === undefined ? csv && Buffer.from(csv) : Buffer.from(csv_base64, 'base64');
  if (bytes === undefined || bytes === '') {
    const villages = await visibleVillages(asker, area, needs);
    const following = villages.filter(({ code }) => code > after);
    const page = following.slice(0, PLACE_LIMITS.page);
    const last = page.at(-1);
    return {
      area,
      total: villages.length,
      villages: page.map(rowOf),
      ...(last !== undefined && following.length > page.length && { next: last.code }),
    };
  }
  if (request.replace) await refuseTarget(asker, area, 'area', needs);
  const imported = await needs.province.villages.take({
    bytes,
    by: asker.user,
    areas: asker.areas,
    replaces: request.replace ? area : undefined,
    dryRun: request.dry_run,
  });
  return {
    area,
    total: (await visibleVillages(asker, area, needs)).length,
    villages: [],
    imported: {
      done: !request.dry_run,
      villages: imported.villages,
      sites: imported.sites,
      added: imported.added.length,
      changed: imported.changed.length,
      dropped: imported.dropped,
      without_point: imported.withoutPoint,
      groups: imported.groups,
      encoding: imported.encoding,
      delimiter: imported.delimiter,
    },
  };
}

async function visibleVillages(
  asker: OperatorIdentity,
  area: AreaCode,
  { province }: RequestNeeds,
): Promise<VillageRecord[]> {
  const found = await Promise.all(visibleWithin(asker, area).map((each) => province.villages.within(each)));
  return found.flat();
}

function rowOf({
  code,
  name,
  nameEn,
  households,
  sites,
}: VillageRecord): AnswerTo<'places'>['villages'][number] {
  return {
    village: code,
    name,
    ...(nameEn !== undefined && { name_en: nameEn }),
    ...(households !== undefined && { households }),
    sites: sites.map((site) => ({ name: site.name, ...site.point, outputs: site.outputs })),
  };
}

/** Who has a box that works, and who has not: as far as the asker may look. */
export async function coverage(
  asker: OperatorIdentity,
  { area }: CoverageRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'coverage'>> {
  await refuseUnknown(area, needs.places);
  const { all, parts, villages } = await coverageOf(area, visibleWithin(asker, area), needs.province.db);
  const wanting = villages.flatMap(({ standing, ...rest }) =>
    standing === 'working' ? [] : [{ standing, ...rest }],
  );
  return {
    area,
    ...(await nameOf(area, needs)),
    all,
    parts: await Promise.all(
      [...parts].map(async ([part, counts]) => ({ area: part, ...(await nameOf(part, needs)), ...counts })),
    ),
    wanting: wanting.slice(0, WANTING_TOLD).map(({ village, name, standing, since, device, lacks }) => ({
      village,
      name: name ?? village,
      standing,
      ...(since !== undefined && { since: instantOf(since) }),
      ...(device !== undefined && { device }),
      ...(lacks.length > 0 && { lacks }),
    })),
    left_out: Math.max(0, wanting.length - WANTING_TOLD),
  };
}

async function nameOf(
  area: AreaCode,
  { places: gazetteer }: RequestNeeds,
): Promise<{ th: string; en: string }> {
  const place = await gazetteer.placeOf(area);
  return { th: place?.th ?? area, en: place?.en ?? area };
}

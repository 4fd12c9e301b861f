import { type AreaCode, contains, type Target } from '../../firmware-protocol/content/area.ts';
import { overlap } from './alert-policy.ts';
import type { AlertRecord, VillagePoints } from './alert-records.ts';
import { dopaPrefix, matchVillages } from './area-match.ts';
import type { CapInfo } from './cap-schema.ts';

export interface Reached {
  to: Target[];
  matched: AlertRecord['matched'];
}

/**
 * Whom the infos are for, within `allowed`: whole areas where a geocode names them, so that a hall that no list knows hears it
 * too; villages by their points for polygons and circles.
 */
export async function targetsOf(
  infos: readonly CapInfo[],
  allowed: readonly AreaCode[],
  villages: VillagePoints,
): Promise<Reached> {
  // Where the villages of a nation stand is read only for who asks: what is refused or over asks nothing.
  if (infos.every(({ area }) => area.length === 0))
    return { to: [], matched: { polygon: 0, circle: 0, geocode: 0 } };
  const named = [...new Set(infos.flatMap(prefixesOf).flatMap((area) => overlap(area, allowed)))];
  const areas = named.filter((one) => !named.some((other) => other !== one && contains(other, one)));
  const points = (await Promise.all(allowed.map((area) => villages.points(area)))).flat();
  const numbered = infos.map((info, index) => ({ info, index }));
  const reached = matchVillages(numbered, points);
  const beyond = reached.filter(({ code }) => !areas.some((area) => contains(area, code)));
  const count = (kind: keyof Reached['matched']) =>
    reached.filter(({ rules }) => rules.some((rule) => rule.kind === kind)).length;
  return {
    to: [...areas, ...new Set(beyond.map(({ code }) => code))],
    matched: { polygon: count('polygon'), circle: count('circle'), geocode: count('geocode') },
  };
}

function prefixesOf({ area }: CapInfo): AreaCode[] {
  return area.flatMap(({ geocode }) =>
    geocode.flatMap(({ valueName, value }) => {
      const prefix = dopaPrefix(valueName, value);
      return prefix === undefined ? [] : [prefix === '' ? 'th' : prefix];
    }),
  );
}

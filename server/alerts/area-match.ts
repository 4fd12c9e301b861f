import type { Circle, Point, Polygon } from './cap-geometry.ts';
import type { CapInfo } from './cap-schema.ts';

/** A village as alerts see it; a point where it is known. `code`: 8 digits of DOPA. */
export interface VillagePoint {
  code: string;
  lat?: number | undefined;
  lon?: number | undefined;
}

/** Why a village is in the area of an alert. */
export interface AreaRule {
  kind: 'polygon' | 'circle' | 'geocode';
  /** `alert.info[0].area[2].circle[0]` */
  place: string;
  areaDesc: string;
}

export interface MatchedVillage {
  code: string;
  /** All that match: the area is the union of all (CAP 3.2.4). */
  rules: AreaRule[];
}

/**
 * The villages that the infos reach, each once, in the order of the list; `infos` with their number in the alert. A village of several sites
 * stands in the list with each of their points, and is reached where one of them is.
 */
export function matchVillages(
  infos: readonly { info: CapInfo; index: number }[],
  villages: readonly VillagePoint[],
): MatchedVillage[] {
  const tests = infos.flatMap(({ info, index }) => testsOf(info, index));
  const reached = new Map<string, Set<AreaRule>>();
  for (const village of villages)
    for (const { rule, holds } of tests) {
      if (!holds(village)) continue;
      const rules = reached.get(village.code) ?? new Set();
      reached.set(village.code, rules.add(rule));
    }
  return [...reached].map(([code, rules]) => ({ code, rules: [...rules] }));
}

interface AreaTest {
  rule: AreaRule;
  holds: (village: VillagePoint) => boolean;
}

function testsOf(info: CapInfo, infoIndex: number): AreaTest[] {
  return info.area.flatMap(({ areaDesc, polygon, circle, geocode }, areaIndex) => {
    const rule = (kind: AreaRule['kind'], index: number): AreaRule => ({
      kind,
      place: `alert.info[${infoIndex}].area[${areaIndex}].${kind}[${index}]`,
      areaDesc: areaDesc.trim(),
    });
    const polygons = polygon.flatMap((shape, index): AreaTest[] =>
      shape === undefined ? [] : [{ rule: rule('polygon', index), holds: atPoint(insideOf(shape)) }],
    );
    const circles = circle.flatMap((shape, index): AreaTest[] =>
      shape === undefined
        ? []
        : [{ rule: rule('circle', index), holds: atPoint((point) => isWithin(point, shape)) }],
    );
    const geocodes = geocode.flatMap(({ valueName, value }, index): AreaTest[] => {
      const prefix = dopaPrefix(valueName, value);
      if (prefix === undefined) return [];
      return [{ rule: rule('geocode', index), holds: ({ code }) => code.startsWith(prefix) }];
    });
    return [...polygons, ...circles, ...geocodes];
  });
}

function atPoint(holds: (point: Point) => boolean): AreaTest['holds'] {
  return ({ lat, lon }) => lat !== undefined && lon !== undefined && holds({ lat, lon });
}

// ---- geocodes -------------------------------------------------------------------------------------------------------

/**
 * Names under which codes of the Department of Provincial Administration travel: its own, the Thai standard that lists them
 * (TIS 1099), and ISO 3166-2, whose Thai codes are the same two digits.
 */
const DOPA_NAMES: ReadonlySet<string> = new Set(['dopa', 'th-dopa', 'tis1099', 'tis-1099', 'tis 1099']);
const ISO_3166 = /iso[ -]?3166(?:-[12])?|iso\.org/i;

/** `DOPA` `4301` -> `4301`; `ISO 3166-2` `TH-43` -> `43`; `TH` -> everybody; what is not Thai -> undefined. */
export function dopaPrefix(valueName: string, value: string): string | undefined {
  const [name, code] = [valueName.trim().toLowerCase(), value.trim().toUpperCase()];
  if (DOPA_NAMES.has(name)) return /^(?:\d{2}){1,4}$/.test(code) ? code : code === 'TH' ? '' : undefined;
  if (!ISO_3166.test(name)) return undefined;
  return code === 'TH' ? '' : /^TH-(\d{2})$/.exec(code)?.[1];
}

// ---- circles --------------------------------------------------------------------------------------------------------

/** Mean radius of the earth, kilometres (IUGG). */
const EARTH_KM = 6_371.0088;
/** Coordinates of four decimals are right to 11 m; nobody is left out by rounding. */
const ROUNDING_KM = 0.011;
const RADIANS = Math.PI / 180;

function isWithin({ lat, lon }: Point, { centre, radiusKm }: Circle): boolean {
  const [south, west] = [(lat - centre.lat) * RADIANS, (lon - centre.lon) * RADIANS];
  const half =
    Math.sin(south / 2) ** 2 +
    Math.cos(lat * RADIANS) * Math.cos(centre.lat * RADIANS) * Math.sin(west / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half))) <= radiusKm + ROUNDING_KM;
}

// ---- polygons -------------------------------------------------------------------------------------------------------

/**
 * A polygon -> whether a point is in it or on its edge. It winds: where its loops overlap is inside, a hole cut by a loop
 * of the other sense is outside. Edges are straight in degrees and go the short way round, also over the 180th meridian.
 */
export function insideOf(polygon: Polygon): (point: Point) => boolean {
  const corners = unwrapped(polygon);
  const [west, east] = bounds(corners.map(({ lon }) => lon));
  const [south, north] = bounds(corners.map(({ lat }) => lat));
  return ({ lat, lon }) => {
    if (lat < south || lat > north) return false;
    return [lon - 360, lon, lon + 360].some(
      (each) => each >= west && each <= east && holds(corners, { lat, lon: each }),
    );
  };
}

/** Longitudes that run on beyond 180 instead of jumping, so that every edge is the short one. */
function unwrapped(polygon: Polygon): Polygon {
  let turns = 0;
  let before: number | undefined;
  return polygon.map(({ lat, lon }) => {
    if (before !== undefined && lon - before > 180) turns -= 1;
    if (before !== undefined && before - lon > 180) turns += 1;
    before = lon;
    return { lat, lon: lon + 360 * turns };
  });
}

function bounds(values: number[]): [least: number, most: number] {
  return values.reduce<[number, number]>(
    ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** The winding number is not zero, or the point lies on an edge. */
function holds(corners: Polygon, { lat, lon }: Point): boolean {
  let winding = 0;
  let from = corners.at(-1);
  for (const to of corners) {
    if (from === undefined) return false;
    // Twice the area of the triangle from -> to -> point: its sign is the side on which the point lies.
    const side = (to.lon - from.lon) * (lat - from.lat) - (lon - from.lon) * (to.lat - from.lat);
    if (side === 0 && isBetween(lat, from.lat, to.lat) && isBetween(lon, from.lon, to.lon)) return true;
    if (from.lat <= lat && to.lat > lat && side > 0) winding += 1;
    if (from.lat > lat && to.lat <= lat && side < 0) winding -= 1;
    from = to;
  }
  return winding !== 0;
}

function isBetween(value: number, one: number, other: number): boolean {
  return value >= Math.min(one, other) && value <= Math.max(one, other);
}

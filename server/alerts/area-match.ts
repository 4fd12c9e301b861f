import type { Circle, Point } from './cap-geometry.ts';
import type { CapInfo } from './cap-schema.ts';
import { insideOf } from './polygon.ts';

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

/** In one go: some 5 ms. */
const EDGES_IN_ONE_GO = 200_000;

/**
 * The villages that the infos reach, each once, in the order of the list; `infos` with their number in the alert. A village of several sites
 * stands in the list with each of their points, and is reached where one of them is.
 */
export function matchVillages(
  infos: readonly { info: CapInfo; index: number }[],
  villages: readonly VillagePoint[],
): MatchedVillage[] {
  const match = new AreaMatch(infos);
  match.look(villages);
  return [...match.reached()];
}

/** The same over a list that comes in pieces. */
export class AreaMatch {
  readonly #shapes: ShapeTest[];
  /** By their digits: an alert may name each tambon of the country. */
  readonly #codes = new Map<string, AreaRule[]>();
  readonly #reached = new Map<string, Set<AreaRule>>();

  constructor(infos: readonly { info: CapInfo; index: number }[]) {
    this.#shapes = infos.flatMap(({ info, index }) => shapesOf(info, index));
    for (const { rule, prefix } of infos.flatMap(({ info, index }) => codesOf(info, index)))
      this.#codes.set(prefix, [...(this.#codes.get(prefix) ?? []), rule]);
  }

  /** Of how many villages it is looked at before others have their turn: few, where an area has many corners. */
  get villagesInOneGo(): number {
    const edges = this.#shapes.reduce((sum, shape) => sum + shape.edges, 1);
    return Math.max(1, Math.floor(EDGES_IN_ONE_GO / edges));
  }

  look(villages: readonly VillagePoint[]): void {
    for (const village of villages) {
      for (const { rule, holds } of this.#shapes) if (holds(village)) this.#note(village, rule);
      for (const digits of CODE_DIGITS)
        for (const rule of this.#codes.get(village.code.slice(0, digits)) ?? []) this.#note(village, rule);
    }
  }

  #note({ code }: VillagePoint, rule: AreaRule): void {
    this.#reached.set(code, (this.#reached.get(code) ?? new Set()).add(rule));
  }

  *reached(): Generator<MatchedVillage> {
    for (const [code, rules] of this.#reached) yield { code, rules: [...rules] };
  }
}

/** Of the code of a village, those that name the nation, its province, its district, its tambon, itself. */
const CODE_DIGITS = [0, 2, 4, 6, 8];

interface ShapeTest {
  rule: AreaRule;
  holds: (village: VillagePoint) => boolean;
  /** At most so many are looked at for a village. */
  edges: number;
}

function ruleOf(
  kind: AreaRule['kind'],
  info: number,
  area: number,
  index: number,
  areaDesc: string,
): AreaRule {
  return { kind, place: `alert.info[${info}].area[${area}].${kind}[${index}]`, areaDesc: areaDesc.trim() };
}

function shapesOf(info: CapInfo, infoIndex: number): ShapeTest[] {
  return info.area.flatMap(({ areaDesc, polygon, circle }, areaIndex) => {
    const polygons = polygon.flatMap((shape, index): ShapeTest[] => {
      if (shape === undefined) return [];
      const { holds, edges } = insideOf(shape);
      return [
        { rule: ruleOf('polygon', infoIndex, areaIndex, index, areaDesc), holds: atPoint(holds), edges },
      ];
    });
    const circles = circle.flatMap((shape, index): ShapeTest[] => {
      if (shape === undefined) return [];
      const holds = atPoint((point) => isWithin(point, shape));
      return [{ rule: ruleOf('circle', infoIndex, areaIndex, index, areaDesc), holds, edges: 1 }];
    });
    return [...polygons, ...circles];
  });
}

function codesOf(info: CapInfo, infoIndex: number): { rule: AreaRule; prefix: string }[] {
  return info.area.flatMap(({ areaDesc, geocode }, areaIndex) =>
    geocode.flatMap(({ valueName, value }, index) => {
      const prefix = dopaPrefix(valueName, value);
      return prefix === undefined
        ? []
        : [{ rule: ruleOf('geocode', infoIndex, areaIndex, index, areaDesc), prefix }];
    }),
  );
}

function atPoint(holds: (point: Point) => boolean): ShapeTest['holds'] {
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

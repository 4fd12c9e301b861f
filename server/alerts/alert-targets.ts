import type { AreaCode, Target } from '../../firmware-protocol/content/area.ts';
import { AreaSet } from '../areas/area-set.ts';
import { othersFirst } from '../others-first.ts';
import type { AlertRecord, VillagePoints } from './alert-records.ts';
import { AreaMatch, dopaPrefix, type VillagePoint } from './area-match.ts';
import type { CapInfo } from './cap-schema.ts';

export interface Reached {
  to: Target[];
  matched: AlertRecord['matched'];
}

/** 5 ms of work. */
const REACHED_IN_ONE_GO = 2_000;

const nobody = (): Reached['matched'] => ({ polygon: 0, circle: 0, geocode: 0 });

/**
 * Whom the infos are for, within `allowed`: whole areas where a geocode names them, so that a hall that no list knows hears it
 * too; villages by their points for polygons and circles. Of a nation's 75,000 villages some are looked at, then others have their turn: a stop.
 */
export async function targetsOf(
  infos: readonly CapInfo[],
  allowed: readonly AreaCode[],
  villages: VillagePoints,
): Promise<Reached> {
  // Where the villages of a nation stand is read only for who asks: what is refused or over asks nothing.
  if (infos.every(({ area }) => area.length === 0)) return { to: [], matched: nobody() };
  const within = new AreaSet(allowed);
  const named = new AreaSet(infos.flatMap(prefixesOf).flatMap((area) => within.overlap(area)));
  await othersFirst();
  const match = new AreaMatch(infos.map((info, index) => ({ info, index })));
  for (const area of within.outermost())
    for await (const page of villages.points(area)) await lookAt(match, page);
  const to = named.outermost();
  await othersFirst();
  const matched = nobody();
  let seen = 0;
  for (const { code, rules } of match.reached()) {
    for (const kind of new Set(rules.map((rule) => rule.kind))) matched[kind] += 1;
    if (!named.covers(code)) to.push(code);
    if (++seen % REACHED_IN_ONE_GO === 0) await othersFirst();
  }
  return { to, matched };
}

async function lookAt(match: AreaMatch, villages: readonly VillagePoint[]): Promise<void> {
  const atOnce = match.villagesInOneGo;
  for (let at = 0; at < villages.length; at += atOnce) {
    match.look(villages.slice(at, at + atOnce));
    await othersFirst();
  }
}

function prefixesOf({ area }: CapInfo): AreaCode[] {
  return area.flatMap(({ geocode }) =>
    geocode.flatMap(({ valueName, value }) => {
      const prefix = dopaPrefix(valueName, value);
      return prefix === undefined ? [] : [prefix === '' ? 'th' : prefix];
    }),
  );
}

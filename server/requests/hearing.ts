import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { HearingRequest } from '../../firmware-protocol/mqtt/hearing-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { NAMED_MOST, namesOf } from '../areas/place-names.ts';
import type { VillageRecord } from '../areas/place-records.ts';
import type { FleetRow, OperatorIdentity } from '../ports.ts';
import { differenceBetween, type Hearer, type HearingGroup, hearingGroups } from '../programme/hearing.ts';
import { VillagePlans } from '../programme/village-plans.ts';
import { explainedLine } from './explain.ts';
import type { RequestNeeds } from './request-row.ts';
import { visibleWithin } from './targets.ts';

const HEARING_LIMITS = {
  /** More groups than a person compares. */
  groups: 50,
  /** Lines of all plans of a page: 400 bytes each, and a message holds 640 KB. */
  lines: 1_000,
  /** Names of villages of one group. */
  who: 2_000,
} as const;

/** What each village of an area hears and sees, by the resolver of the boxes, with those together that hear the same. */
export async function hearing(
  asker: OperatorIdentity,
  { area, from, minutes, after }: HearingRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'hearing'>> {
  const visible = visibleWithin(asker, area);
  const fromMs = from === undefined ? needs.clock.wall() : epochMsOf(from);
  const untilMs = fromMs + minutes * 60_000;
  const published = await needs.province.plans.shelf.current((other) =>
    visible.some((part) => contains(other, part) || contains(part, other)),
  );
  const programmes = published.map(({ programme }) => programme);
  const listed = (await Promise.all(visible.map((part) => needs.province.villages.within(part)))).flat();
  const halls = (await Promise.all(visible.map((part) => needs.fleet.devices(part)))).flat();
  const hearers = hearersOf(listed, halls);
  const groups = hearingGroups(hearers, new VillagePlans(programmes, fromMs, untilMs), fromMs, untilMs);
  const page = pageOf(groups, after);
  const [usual] = groups;
  return {
    area,
    from: instantOf(fromMs),
    until: instantOf(untilMs),
    villages: new Set(hearers.map(({ village }) => village)).size,
    groups_in_all: groups.length,
    groups: page.map((group) => ({
      ...rowOf(group),
      ...(usual !== undefined && group !== usual && { differs: differenceBetween(usual, group) }),
    })),
    names: await namesOf(villagesTold(page), listed, needs.places),
    ...(after + page.length < groups.length && { next: after + page.length }),
  };
}

/** Villages of the list and of the halls. Halls of one village stand apart only where their laws differ. */
function hearersOf(listed: VillageRecord[], halls: FleetRow[]): Hearer[] {
  const byVillage = new Map<AreaCode, FleetRow[]>(listed.map(({ code }) => [code, []]));
  for (const hall of halls) byVillage.set(hall.village, [...(byVillage.get(hall.village) ?? []), hall]);
  return [...byVillage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([village, own]) => hearersAt(village, own));
}

function hearersAt(village: AreaCode, halls: FleetRow[]): Hearer[] {
  const [first] = halls;
  const laws = new Set(halls.map(({ state }) => JSON.stringify(state?.laws)));
  if (first === undefined || laws.size === 1)
    return [{ who: village, village, laws: first?.state?.laws, has: hasOf(halls) }];
  return halls.map((hall) => ({
    who: `device/${hall.device}`,
    village,
    laws: hall.state?.laws,
    has: hasOf([hall]),
  }));
}

/** A hall that has said nothing yet is not said to lack anything. */
function hasOf(halls: FleetRow[]): Hearer['has'] {
  const may = (output: 'tower' | 'panel') =>
    halls.some(({ state }) => state === undefined || state.outputs[output]?.works === true);
  return { box: halls.length > 0, tower: may('tower'), panel: may('panel') };
}

/** Those that are named: what small groups leave of their share is for the large ones. */
function villagesTold(page: HearingGroup[]): AreaCode[] {
  const bySize = [...page].sort((a, b) => a.hearers.length - b.hearers.length);
  const told: AreaCode[] = [];
  for (const [at, { hearers }] of bySize.entries()) {
    const share = Math.floor((NAMED_MOST - told.length) / (bySize.length - at));
    told.push(...hearers.slice(0, share).map(({ village }) => village));
  }
  return told;
}

/** One group always, however much it has to say. */
function pageOf(groups: HearingGroup[], after: number): HearingGroup[] {
  const page: HearingGroup[] = [];
  let lines = 0;
  for (const group of groups.slice(after, after + HEARING_LIMITS.groups)) {
    lines += group.decisions.length;
    if (page.length > 0 && lines > HEARING_LIMITS.lines) break;
    page.push(group);
  }
  return page;
}

function rowOf({ villages, hearers, decisions }: HearingGroup): AnswerTo<'hearing'>['groups'][number] {
  const titles = new Map(decisions.map(({ occurrence: { id, entry } }) => [id, entry.announcement.title]));
  const lacking = (isLacking: (has: Hearer['has']) => boolean) =>
    hearers.filter(({ has }) => isLacking(has)).length;
  return {
    villages: villages.size,
    who: hearers.slice(0, HEARING_LIMITS.who).map(({ who }) => who),
    without: {
      box: lacking(({ box }) => !box),
      tower: lacking(({ box, tower }) => box && !tower),
      panel: lacking(({ box, panel }) => box && !panel),
    },
    plan: decisions.slice(0, HEARING_LIMITS.lines).map((each) => explainedLine(each, titles)),
    left_out: Math.max(0, decisions.length - HEARING_LIMITS.lines),
  };
}

import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { HearingRequest } from '../../firmware-protocol/mqtt/hearing-requests.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { NAMED_MOST, namesOf, villagesAmong } from '../areas/place-names.ts';
import { othersFirst } from '../others-first.ts';
import type { OperatorIdentity } from '../ports.ts';
import { differenceBetween, type Hearer, type HearingGroup, hearingGroups } from '../programme/hearing.ts';
import { VillagePlans } from '../programme/village-plans.ts';
import { explainedLine } from './explain.ts';
import { hearersIn } from './hearers.ts';
import type { Asked, Heard } from './kept-hearings.ts';
import type { RequestNeeds } from './request-row.ts';
import { visibleWithin } from './targets.ts';

const HEARING_LIMITS = {
  /** More groups than a person compares. */
  groups: 50,
  /** Of one group. */
  lines: 1_000,
  lineBytes: 400,
  /** Codes of villages of one group. */
  who: 2_000,
  /** Lines and codes of a page: a message holds 640 KB, and names of villages take up to 180 of it. */
  pageBytes: 430_000,
} as const;

/**
 * What each village of an area hears and sees, by the resolver of the boxes, with those together that hear the same. The first page is of now;
 * those behind it are of the same moment as long as that is kept.
 */
export async function hearing(
  asker: OperatorIdentity,
  { area, from, minutes, after }: HearingRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'hearing'>> {
  const visible = visibleWithin(asker, area);
  const fromMs = from === undefined ? needs.clock.wall() : epochMsOf(from);
  const untilMs = fromMs + minutes * 60_000;
  const asked = { user: asker.user, visible, fromMs, untilMs };
  const kept = after === 0 ? undefined : needs.hearings.find(asked);
  const { heard, plans } =
    kept === undefined
      ? await heardNow(asked, needs)
      : { heard: kept, plans: new VillagePlans(kept.programmes, fromMs, untilMs) };
  needs.hearings.keep(asked, heard);
  const planned = (from: number, count: number) =>
    withPlans(heard.groups.slice(from, from + count), plans, asked);
  const page = pageOf(await planned(after, HEARING_LIMITS.groups));
  const [usual] = after === 0 ? page : await planned(0, 1);
  const told = villagesTold(page);
  return {
    area,
    from: instantOf(fromMs),
    until: instantOf(untilMs),
    villages: heard.villages,
    groups_in_all: heard.groups.length,
    groups: await rowsOf(page, usual),
    names: await namesOf(told, await villagesAmong(told, needs.province.villages), needs.places),
    ...(after + page.length < heard.groups.length && { next: after + page.length }),
  };
}

/** By all that is published. */
async function heardNow(
  { visible, fromMs, untilMs }: Asked,
  needs: RequestNeeds,
): Promise<{ heard: Heard; plans: VillagePlans }> {
  const published = await needs.province.plans.shelf.current((other) =>
    visible.some((part) => contains(other, part) || contains(part, other)),
  );
  const programmes = published.map(({ programme }) => programme);
  const hearers = await hearersIn(visible, needs);
  const plans = new VillagePlans(programmes, fromMs, untilMs);
  const groups = await hearingGroups(hearers, plans, fromMs, untilMs);
  const villages = new Set(hearers.map(({ village }) => village)).size;
  const alike = groups.map((group) => ({ villages: group.villages, hearers: group.hearers }));
  return { heard: { programmes, villages, groups: alike }, plans };
}

/** What these groups hear: all of a group hear what its first does. */
async function withPlans(
  groups: Heard['groups'],
  plans: VillagePlans,
  { fromMs, untilMs }: Asked,
): Promise<HearingGroup[]> {
  const firsts = groups.flatMap(({ hearers: [first] }) => first ?? []);
  const planned = await hearingGroups(firsts, plans, fromMs, untilMs);
  const decisionsOf = new Map(planned.map(({ hearers: [first], decisions }) => [first, decisions]));
  return groups.map((group) => ({ ...group, decisions: decisionsOf.get(group.hearers[0]) ?? [] }));
}

async function rowsOf(page: HearingGroup[], usual: HearingGroup | undefined) {
  const rows: AnswerTo<'hearing'>['groups'] = [];
  for (const group of page) {
    const differs = usual !== undefined && group !== usual && { differs: differenceBetween(usual, group) };
    rows.push({ ...rowOf(group), ...differs });
    await othersFirst();
  }
  return rows;
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
function pageOf(groups: HearingGroup[]): HearingGroup[] {
  const page: HearingGroup[] = [];
  let bytes = 0;
  for (const group of groups) {
    bytes += bytesOf(group);
    if (page.length > 0 && bytes > HEARING_LIMITS.pageBytes) break;
    page.push(group);
  }
  return page;
}

function bytesOf({ hearers, decisions }: HearingGroup): number {
  const codes = hearers.slice(0, HEARING_LIMITS.who).reduce((sum, { who }) => sum + who.length + 3, 0);
  return codes + Math.min(decisions.length, HEARING_LIMITS.lines) * HEARING_LIMITS.lineBytes;
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

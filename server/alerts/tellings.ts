import { type AreaCode, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import { AreaSet } from '../areas/area-set.ts';
import type { CapInfo } from './cap-schema.ts';
import type { Judgement } from './judge.ts';

/** What is told in one piece: to whom, by which infos, until when (epoch ms). */
export interface Telling {
  infos: CapInfo[];
  to: Target[];
  until: number;
}

/**
 * An agency that warns several regions in one alert words an info for each: a village is told its own, not that of the first region
 * in the list. Infos for the same places are told once, by the first in Thai. `reach` says whom one info is for; `to` is whom the alert goes
 * to, and nobody beyond it is told; who is in it by no Thai info of his own is told by those in other languages.
 */
export async function tellingsOf(
  live: Judgement['live'],
  to: readonly Target[],
  reach: (info: CapInfo) => Promise<Target[]>,
): Promise<Telling[]> {
  const whole: Telling = {
    infos: live.map(({ info }) => info),
    to: [...to],
    until: Math.max(...live.map(({ until }) => until)),
  };
  const thai = live.filter(({ info }) => isThai(info));
  if (thai.length < 2) return [whole];
  const own: Telling[] = [];
  for (const { info, until } of thai) {
    const telling = { infos: [info], to: within(await reach(info), to), until };
    if (telling.to.length > 0 && !own.some((each) => isSame(each.to, telling.to))) own.push(telling);
  }
  if (own.length < 2) return [whole];
  const told = new AreaSet(own.flatMap((each) => each.to));
  const left = to.filter((target) => !isArea(target) || !told.covers(target));
  if (left.length === 0) return own;
  const others = whole.infos.filter((info) => !isThai(info));
  return [...own, { ...whole, infos: others.length > 0 ? others : whole.infos, to: left }];
}

export function isThai({ language }: Pick<CapInfo, 'language'>): boolean {
  return /^th\b/i.test(language);
}

const isArea = (target: Target): target is AreaCode => deviceOf(target) === undefined;

function within(wanted: readonly Target[], to: readonly Target[]): Target[] {
  const allowed = new AreaSet(to.filter(isArea));
  return [...new Set(wanted.filter(isArea).flatMap((area) => allowed.overlap(area)))];
}

function isSame(one: readonly Target[], other: readonly Target[]): boolean {
  const others = new Set(other);
  return one.length === other.length && one.every((each) => others.has(each));
}

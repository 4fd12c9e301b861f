import { type MatchedVillage, matchVillages, type VillagePoint } from './area-match.ts';
import { type Judgement, judge } from './judge.ts';
import { type ReadAlert, readAlerts } from './read-alerts.ts';
import type { ReadXml } from './xml.ts';

export interface CheckedAlert {
  read: ReadAlert;
  judgement: Judgement;
  /** Villages of the infos that are live. */
  villages: MatchedVillage[];
}

/** Every alert of a file, judged by its content as of `at` (epoch ms), or of its own time of sending. Never throws. */
export function checkAlerts(
  bytes: Uint8Array,
  { readXml, at, villages }: { readXml: ReadXml; at?: number | undefined; villages: readonly VillagePoint[] },
): CheckedAlert[] {
  return readAlerts(bytes, readXml).map((read) => {
    const judgement = judge(read, at ?? read.alert?.sent.ms ?? 0);
    return { read, judgement, villages: villagesOf(read, judgement, villages) };
  });
}

/** Where an alert is for: its live infos; of one that does not sound, all. */
export function villagesOf(
  { alert }: Pick<ReadAlert, 'alert'>,
  { live }: Judgement,
  villages: readonly VillagePoint[],
): MatchedVillage[] {
  const infos = (alert?.info ?? []).map((info, index) => ({ info, index }));
  const chosen =
    live.length === 0 ? infos : infos.filter(({ info }) => live.some((each) => each.info === info));
  return matchVillages(chosen, villages);
}

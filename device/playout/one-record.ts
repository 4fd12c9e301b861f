import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Outcome, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { Claim } from '../ports.ts';
import type { Owed } from './owed.ts';
import type { Play } from './play.ts';

/** Something that is to be written of a play. */
export interface Entry {
  play: Play;
  output: Output | undefined;
  /** Undefined = only what is owed. */
  event: ReportEvent | undefined;
  claim: { state: Claim['state']; outcome?: Outcome } | undefined;
  settled: (how: 'durable' | 'held') => void;
}

/** What becomes durable together. */
export interface OneRecord {
  events: ReportEvent[];
  claims: Claim[];
}

/**
 * Several entries as one record: what is owed of each play, then their events in order, and each claim as the last of them leaves it.
 * `held`: the claim as the store has it.
 */
export async function oneRecordOf(
  entries: Entry[],
  owed: Pick<Owed, 'of'>,
  held: (play: Play, output: Output) => Promise<Claim>,
): Promise<OneRecord> {
  const events: ReportEvent[] = [];
  const claims = new Map<string, Claim>();
  const plays = new Set<Play['id']>();
  const keep = (claim: Claim) => claims.set(`${claim.output} ${claim.play}`, claim);
  for (const { play, output, event, claim } of entries) {
    const owing = plays.has(play.id) ? undefined : owed.of(play.id);
    plays.add(play.id);
    owing?.claims.forEach(keep);
    events.push(...(owing?.events ?? []), ...(event === undefined ? [] : [event]));
    if (output === undefined || claim === undefined) continue;
    keep({ ...(claims.get(`${output} ${play.id}`) ?? (await held(play, output))), ...claim });
  }
  return { events, claims: [...claims.values()] };
}

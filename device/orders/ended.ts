import type { Output } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { EndedEvent, Outcome, PlayId } from '../../firmware-protocol/content/report.ts';

/** The end of a play that never came to the playout, or was cut with the power. `now` is epoch ms. */
export function ended(
  play: PlayId,
  output: Output,
  outcome: Outcome,
  now: number,
  reason?: string,
): EndedEvent {
  return {
    type: 'ended',
    play,
    output,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ended_at: instantOf(now),
  };
}

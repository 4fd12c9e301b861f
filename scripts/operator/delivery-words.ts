import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { Fate } from '../../firmware-protocol/mqtt/order-requests.ts';
import {
  FATE_WORDS,
  LEFT_OUT_WORDS,
  OUTCOME_WORDS,
  OUTPUT_WORDS,
  PROOF_WORDS,
  REASON_WORDS,
  REFUSAL_WORDS,
  STATE_WORDS,
} from '../../firmware-protocol/mqtt/play-words.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import type { Lang } from '../cli/words.ts';

export type Progress = AnswerTo<'order'>;
export type Delivery = Progress['deliveries'][number];

/** How an order fares at one hall: `ended, tower finished, sign could not (this hall has no sign)`. */
export function deliveryWords({ state, refusal, outcomes }: Delivery, lang: Lang): string {
  const ends = OUTPUTS.flatMap((output) => {
    const end = outcomes[output];
    if (end === undefined) return [];
    const why = end.reason === undefined ? [] : [REASON_WORDS[end.reason]?.[lang] ?? end.reason];
    const without = (end.left_out ?? []).map((part) => LEFT_OUT_WORDS[part][lang]);
    // Of what was never said, nobody asks whether it was heard.
    const wasSaid = end.outcome === 'finished' || end.outcome === 'interrupted';
    const proof = end.proof === undefined || !wasSaid ? [] : [PROOF_WORDS[end.proof][lang]];
    const more = [...why, ...without, ...proof];
    const told = more.length === 0 ? '' : ` (${more.join(', ')})`;
    return [`${OUTPUT_WORDS[output][lang]} ${OUTCOME_WORDS[end.outcome][lang]}${told}`];
  });
  const refused = refusal === undefined ? [] : [REFUSAL_WORDS[refusal][lang]];
  return [STATE_WORDS[state][lang], ...refused, ...ends].join(', ');
}

/** Nothing more will come of it. */
export function isSettled({ state }: Delivery): boolean {
  return state === 'ended' || state === 'refused' || state === 'expired';
}

/** It went to its end on one output at least, and nobody knows that it was not heard; a stop, which has no output, was taken. */
export function isDone({ fate }: Delivery): boolean {
  return fate === 'finished';
}

/** All halls of an order in one line: `612 finished, 3 refused, 21 silent`. */
export function fatesWords(fates: Progress['fates'], lang: Lang): string {
  return Fate.options
    .flatMap((fate) => (fates[fate] ? [`${fates[fate]} ${FATE_WORDS[fate][lang]}`] : []))
    .join(', ');
}

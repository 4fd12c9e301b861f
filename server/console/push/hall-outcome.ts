import type { Output } from '../../../firmware-protocol/content/band.ts';
import {
  LEFT_OUT_WORDS,
  OUTCOME_WORDS,
  PROOF_WORDS,
  REASON_WORDS,
  REFUSAL_WORDS,
} from '../../../firmware-protocol/mqtt/play-words.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import type { Language } from '../words/language.ts';

export type HallRow = AnswerTo<'order'>['deliveries'][number];

/** What one output of a hall did, in the words of every reader: `จบครบ ไมโครโฟนได้ยินเสียง`; '' while nothing is known. */
export function outcomeWords({ outcomes }: HallRow, output: Output, language: Language): string {
  const end = outcomes[output];
  if (end === undefined) return '';
  const { outcome, reason, proof, left_out = [] } = end;
  return [
    OUTCOME_WORDS[outcome][language],
    ...(reason === undefined ? [] : [REASON_WORDS[reason]?.[language] ?? reason]),
    ...(proof === undefined ? [] : [PROOF_WORDS[proof][language]]),
    ...left_out.map((part) => LEFT_OUT_WORDS[part][language]),
  ].join(' · ');
}

/** Why a hall did not take it; '' where it did. */
export const refusalWords = ({ refusal }: HallRow, language: Language): string =>
  refusal === undefined ? '' : REFUSAL_WORDS[refusal][language];

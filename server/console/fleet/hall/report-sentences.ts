import { proofOf } from '../../../../firmware-protocol/content/proof.ts';
import type { EndedEvent, Report, ReportEvent } from '../../../../firmware-protocol/content/report.ts';
import { WARNINGS } from '../../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../../../firmware-protocol/content/warnings/warning-row.ts';
import {
  LEFT_OUT_WORDS,
  OUTCOME_WORDS,
  OUTPUT_WORDS,
  PROOF_WORDS,
  REASON_WORDS,
  REFUSAL_WORDS,
} from '../../../../firmware-protocol/mqtt/play-words.ts';
import { lengthWords } from '../../time/thai-time.ts';
import type { Language } from '../../words/language.ts';
import { EVENT_WORDS, type EventWords } from './event-sentences.ts';

/** A code of a newer hall has no row here. */
export function warningRow(code: string): WarningRow | undefined {
  return Object.entries(WARNINGS).find(([each]) => each === code)?.[1];
}

const reasonOf = (reason: string, lang: Language) =>
  REASON_WORDS[reason]?.[lang] ?? warningRow(reason)?.[lang].says ?? reason;

/** Which of several lists a report belongs to. */
export type ReportKind = 'play' | 'trouble' | 'other';
export function kindOf(event: ReportEvent): ReportKind {
  switch (event.type) {
    case 'accepted':
    case 'started':
    case 'paused':
    case 'resumed':
      return 'play';
    case 'ended':
      return event.outcome === 'rejected' || event.outcome === 'expired' ? 'trouble' : 'play';
    case 'refused':
    case 'warning':
    case 'quarantined':
    case 'dropped':
      return 'trouble';
    case 'booted':
      return event.clean ? 'other' : 'trouble';
    default:
      return 'other';
  }
}

/** A report as a sentence for who reads what happened in a hall. */
export function reportWords({ event }: Pick<Report, 'event'>, lang: Language): string {
  const say = EVENT_WORDS[lang];
  switch (event.type) {
    case 'booted':
      return event.clean ? say.booted(event.version) : say.fell(event.version);
    case 'accepted':
      return say.accepted(event.outputs.map((output) => OUTPUT_WORDS[output][lang]));
    case 'refused':
      return say.refused(REFUSAL_WORDS[event.reason][lang], event.count);
    case 'started':
      return say.started(OUTPUT_WORDS[event.output][lang], event.title);
    case 'paused':
      return say.paused(OUTPUT_WORDS[event.output][lang]);
    case 'resumed':
      return say.resumed(OUTPUT_WORDS[event.output][lang]);
    case 'ended':
      return endWords(event, say, lang);
    case 'programme':
      return say.programme(event.area, event.version);
    case 'keys':
      return say.keys(event.version);
    case 'sideloaded':
      return say.sideloaded(event.programmes + event.orders + event.keys, event.files, event.refused);
    case 'update':
      return say.update[event.phase](event.version);
    case 'quarantined':
      return say.quarantined(event.what);
    case 'warning': {
      const words = warningRow(event.code)?.[lang].says ?? event.code;
      return event.raised ? say.raised(words) : say.cleared(words);
    }
    case 'dropped':
      return say.dropped(event.first, event.last);
  }
}

function endWords(event: EndedEvent, say: EventWords, lang: Language): string {
  const why = event.reason === undefined ? [] : [reasonOf(event.reason, lang)];
  const without = (event.panel?.left_out ?? []).map(({ part }) => LEFT_OUT_WORDS[part][lang]);
  const proof = event.tower === undefined ? [] : [PROOF_WORDS[proofOf(event.tower)][lang]];
  const more = [...why, ...without, ...proof].join(', ');
  return say.ended(OUTPUT_WORDS[event.output][lang], OUTCOME_WORDS[event.outcome][lang], more);
}

/** What was measured of a play, figure by figure; of other reports what the hall wrote beside them. */
export function evidenceOf({ event }: Pick<Report, 'event'>, lang: Language): string[] {
  const say = EVENT_WORDS[lang];
  const detail = 'detail' in event && event.detail !== undefined ? [event.detail] : [];
  if (event.type !== 'ended') return detail;
  const { tower, panel } = event;
  const decibel = (cdbfs: number) => (cdbfs / 100).toFixed(1);
  return [
    ...(tower === undefined ? [] : [say.sounded(lengthWords(tower.ms), tower.sink)]),
    ...(tower?.peak_cdbfs === undefined ? [] : [say.peak(decibel(tower.peak_cdbfs))]),
    ...(tower?.current_ma === undefined ? [] : [say.current(tower.current_ma.min, tower.current_ma.max)]),
    ...(tower?.heard === undefined ? [] : [say.likeness(tower.heard.likeness_pct)]),
    ...(tower?.gaps === undefined || tower.gaps === 0 ? [] : [say.gaps(tower.gaps)]),
    ...(panel === undefined ? [] : [say.shown(panel.pages, lengthWords(panel.ms))]),
    ...(panel === undefined
      ? []
      : [say.page(panel.crc, panel.board_crc === undefined ? undefined : panel.board_crc === panel.crc)]),
    ...detail,
  ];
}

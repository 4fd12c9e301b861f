import { BANDS } from '../../../../firmware-protocol/content/band.ts';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import type { SignPicture } from '../../signs/picture-field.tsx';
import type { Sound } from '../../sound/sound.ts';
import { type AnnounceDraft, CHIMES, EMPTY, OUTPUTS, WAITS_MINUTES } from '../announce-draft.ts';

/** An announcement that lies ready, as `templates` tells it. */
export type Saved = AnswerTo<'templates'>['templates'][number];

/** What its files and its words to be said have become. */
export interface Brought {
  sounds: Sound[];
  picture: SignPicture | undefined;
}

export const keyOf = ({ area, template }: Saved): string => `${area}/${template}`;

/** Whether this form has a field for all of it: another kind, another rank or a whole announcement would go out as something else. */
export function fitsForm({ push: { kind, band, announcement } }: Saved): boolean {
  return kind === 'announce' && (band ?? BANDS.urgent) === BANDS.urgent && announcement === undefined;
}

/** The saved words, sound and sign in place of what stood there; whom it is for and when it begins stay the person's. */
export function draftWith(
  draft: AnnounceDraft,
  { title, push }: Saved,
  { sounds, picture }: Brought,
): AnnounceDraft {
  const { outputs, expires_in_s } = push;
  return {
    ...EMPTY,
    ...{ to: draft.to, at: draft.at, sounds, picture },
    title: push.title ?? title,
    text: push.text ?? '',
    hotline: push.hotline ?? '',
    qr: push.qr ?? '',
    chime: CHIMES.find((chime) => chime === push.chime) ?? EMPTY.chime,
    times: push.times ?? EMPTY.times,
    outputs: outputs === undefined ? EMPTY.outputs : OUTPUTS.filter((output) => outputs.includes(output)),
    waitMinutes: expires_in_s === undefined ? draft.waitMinutes : waitOf(expires_in_s),
  };
}

/** The wait of the form that is at least as long, or its longest. */
function waitOf(seconds: number): number {
  return WAITS_MINUTES.find((minutes) => minutes * 60 >= seconds) ?? Math.max(...WAITS_MINUTES);
}

/** Whether there is anything that taking another announcement would take away. */
export const isBegun = ({ title, text, hotline, qr, picture, sounds }: AnnounceDraft): boolean =>
  [title, text, hotline, qr].some((words) => words.trim() !== '') ||
  picture !== undefined ||
  sounds.length > 0;

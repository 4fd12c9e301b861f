import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';

/** How the warning is heard beside its tone. */
export type Voice = 'words' | 'file' | 'tone';

/** A warning as it is being written. */
export interface WarningDraft {
  template: string | undefined;
  title: string;
  /** What signs show, and what the voice says. */
  text: string;
  hotline: string;
  voice: Voice;
  /** Prepared sound of the template. */
  media: string[];
  to: string[];
  /** Chosen each time: nobody finds out afterwards that a warning lives until tomorrow. */
  minutes: number | undefined;
  why: string;
}

export const EMPTY: WarningDraft = {
  template: undefined,
  title: '',
  text: '',
  hotline: '',
  voice: 'tone',
  media: [],
  to: [],
  minutes: undefined,
  why: '',
};

export const LIVES_MINUTES = [15, 30, 60, 180, 360] as const;

export const LACKS = ['title', 'text', 'to', 'minutes', 'why'] as const;
export type Lack = (typeof LACKS)[number];

/** What has to be said before it can be armed. */
export function lacksOf(draft: WarningDraft): Lack[] {
  const isThere: Record<Lack, boolean> = {
    title: draft.title.trim() !== '',
    text: draft.text.trim() !== '',
    to: draft.to.length > 0,
    minutes: draft.minutes !== undefined,
    why: draft.why.trim() !== '',
  };
  return LACKS.filter((lack) => !isThere[lack]);
}

/** The push that it becomes; undefined while something lacks. */
export function pushOf(draft: WarningDraft): RequestOf<'push'> | undefined {
  if (lacksOf(draft).length > 0 || draft.minutes === undefined) return undefined;
  const text = draft.text.trim();
  return {
    kind: 'alert',
    to: [...draft.to],
    title: draft.title.trim(),
    text,
    chime: 'alert',
    expires_in_s: draft.minutes * 60,
    why: draft.why.trim().replace(/\s+/g, ' '),
    ...(draft.hotline.trim() !== '' && { hotline: draft.hotline.trim() }),
    ...(draft.voice === 'words' && { say: text }),
    ...(draft.voice === 'file' && draft.media.length > 0 && { media: draft.media }),
  };
}

type Template = { template: string; title: string; push: Partial<RequestOf<'push'>> };

/** What the tower can say: a server without a voice says no words, and must not refuse a warning for it when it is sent. */
export const voicesOf = (draft: WarningDraft, hasVoice: boolean): Voice[] => [
  ...(hasVoice ? (['words'] as const) : []),
  ...(draft.media.length > 0 ? (['file'] as const) : []),
  'tone',
];

/** As it can be sent from here: what was kept may come from a day on which the server had a voice. */
export const soundable = (draft: WarningDraft, hasVoice: boolean): WarningDraft =>
  voicesOf(draft, hasVoice).includes(draft.voice) ? draft : { ...draft, voice: 'tone' };

/** The words of a template in place of what stood there; whom it is for, how long and why stay the person's. */
export function withTemplate(
  draft: WarningDraft,
  { template, title, push }: Template,
  hasVoice: boolean,
): WarningDraft {
  const media = push.media ?? [];
  return {
    ...draft,
    template,
    media,
    title: push.title ?? title,
    text: push.text ?? push.say ?? '',
    hotline: push.hotline ?? '',
    voice: media.length > 0 ? 'file' : push.say !== undefined && hasVoice ? 'words' : 'tone',
  };
}

import { BANGKOK_OFFSET_MS, instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import type { SignPicture } from '../signs/picture-field.tsx';
import type { Sound } from '../sound/sound.ts';

type Push = RequestOf<'push'>;
export const CHIMES = ['attention', 'ding', 'none'] as const;
export const OUTPUTS = ['tower', 'panel'] as const;

/** An announcement as it is being written. */
export interface AnnounceDraft {
  to: string[];
  title: string;
  /** What signs show. */
  text: string;
  hotline: string;
  qr: string;
  picture: SignPicture | undefined;
  sounds: Sound[];
  chime: (typeof CHIMES)[number];
  times: number;
  outputs: (typeof OUTPUTS)[number][];
  /** `18:30`, the next time that it is so late; '' = now. */
  at: string;
  /** How long it may wait for a hall that is away. */
  waitMinutes: number;
}

export const EMPTY: AnnounceDraft = {
  to: [],
  title: '',
  text: '',
  hotline: '',
  qr: '',
  picture: undefined,
  sounds: [],
  chime: 'attention',
  times: 1,
  outputs: ['tower', 'panel'],
  at: '',
  waitMinutes: 15,
};

export const WAITS_MINUTES = [5, 15, 60, 240] as const;

const LACKS = ['to', 'content', 'outputs'] as const;
export type Lack = (typeof LACKS)[number];

/** What has to be said before it can be sent. Sound alone is enough, and words alone for the signs. */
export function lacksOf({ to, text, sounds, outputs }: AnnounceDraft): Lack[] {
  const isHeard = sounds.length > 0 && outputs.includes('tower');
  const isRead = text.trim() !== '' && outputs.includes('panel');
  const isThere: Record<Lack, boolean> = {
    to: to.length > 0,
    content: text.trim() !== '' || sounds.length > 0,
    outputs: outputs.length > 0 && (isHeard || isRead || (text.trim() === '' && sounds.length === 0)),
  };
  return LACKS.filter((lack) => !isThere[lack]);
}

/** The push that it becomes; undefined while something lacks. `now`: epoch ms of the server. */
export function pushOf(draft: AnnounceDraft, now: number): Push | undefined {
  if (lacksOf(draft).length > 0) return undefined;
  const start = startOf(draft.at, now);
  return {
    to: [...draft.to],
    ...saidOf(draft),
    ...(start !== undefined && { start_at: instantOf(start) }),
  };
}

/** What is said, and how long it may wait; to whom and when is said beside it. */
export function saidOf(draft: AnnounceDraft): Omit<Push, 'to'> {
  const { sounds, chime, times, outputs, waitMinutes } = draft;
  return {
    ...wordsOf(draft),
    ...(sounds.length > 0 && { media: sounds.map(({ sha256 }) => sha256) }),
    chime,
    ...(times > 1 && { times }),
    outputs: [...outputs],
    expires_in_s: waitMinutes * 60,
  };
}

/** Only what stands beside words is sent with words. */
function wordsOf({
  title,
  text,
  hotline,
  qr,
  picture,
}: AnnounceDraft): Pick<Push, 'title' | 'text' | 'hotline' | 'qr' | 'picture'> {
  const given = (value: string, name: string) => (value.trim() === '' ? {} : { [name]: value.trim() });
  const shown = {
    ...given(hotline, 'hotline'),
    ...given(qr, 'qr'),
    ...given(picture?.sha256 ?? '', 'picture'),
  };
  const beside = text.trim() === '' ? {} : shown;
  return { ...given(title, 'title'), ...given(text, 'text'), ...beside };
}

/** What signs would show of it; undefined = nothing. */
export function shownOf(draft: AnnounceDraft): RequestOf<'preview'> | undefined {
  if (draft.text.trim() === '' || !draft.outputs.includes('panel')) return undefined;
  return { ...wordsOf(draft), ...(draft.to.length > 0 && { to: draft.to }) };
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The next moment at which clocks in Thailand show `at`, epoch ms; undefined = now. An order begins within a day. */
export function startOf(at: string, now: number): number | undefined {
  const found = /^(\d{2}):(\d{2})$/.exec(at);
  if (found === null) return undefined;
  const sinceMidnight = (Number(found[1]) * 60 + Number(found[2])) * MINUTE_MS;
  const midnight = Math.floor((now + BANGKOK_OFFSET_MS) / DAY_MS) * DAY_MS - BANGKOK_OFFSET_MS;
  const today = midnight + sinceMidnight;
  return today > now ? today : today + DAY_MS;
}

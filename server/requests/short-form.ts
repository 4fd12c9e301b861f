import type { Announcement, MediaRef, PictureRef } from '../../firmware-protocol/content/announcement.ts';
import { ANNOUNCEMENT_LIMITS } from '../../firmware-protocol/content/announcement.ts';
import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import type { PictureInfo } from '../../firmware-protocol/http/picture.ts';
import type { PushRequest } from '../../firmware-protocol/mqtt/push-request.ts';

/** The tone before an order of each kind, where the sender names none. */
const CHIMES = { announce: 'attention', alert: 'alert', test: 'attention' } as const;
/** A title on the first line of a text, for lists and reports. */
const TITLE_CHARS = 60;

/** What of a push becomes an announcement. */
export type SaidShort = Pick<PushRequest, 'kind' | 'title' | 'text' | 'hotline' | 'qr' | 'chime' | 'times'>;

/** A text, sound or both -> the announcement: a page for the sign, a tone and the sound for the tower. */
export function announcementOf(
  push: SaidShort,
  media: MediaInfo[],
  picture?: PictureInfo | undefined,
): Announcement {
  const tower = towerOf(push, media);
  const panel = panelOf(push, media, picture);
  return { title: titleOf(push, media), language: 'th', ...(tower && { tower }), ...(panel && { panel }) };
}

export function mediaRefOf({ sha256, bytes, ms }: MediaInfo): MediaRef {
  return { type: 'media', sha256, bytes, ms };
}

export function pictureRefOf({ sha256, bytes }: PictureInfo): PictureRef {
  return { type: 'picture', sha256, bytes };
}

function towerOf({ chime, kind, times = 1 }: SaidShort, media: MediaInfo[]): Announcement['tower'] {
  const tone = chime ?? CHIMES[kind];
  if (tone === 'none' && media.length === 0) return undefined;
  return { chime: tone, parts: media.map(mediaRefOf), times, gap_ms: 2_000 };
}

/** A hotline alone is worth a page too: the number is what people try to remember. */
function panelOf(
  push: SaidShort,
  media: MediaInfo[],
  picture: PictureInfo | undefined,
): Announcement['panel'] {
  const { text, title, hotline, qr } = push;
  if (text === undefined && hotline === undefined) return undefined;
  const page = {
    text: text ?? titleOf(push, media),
    seconds: 10,
    ...(text !== undefined && title !== undefined && { title }),
    ...(hotline !== undefined && { hotline }),
    ...(picture !== undefined && { picture: pictureRefOf(picture) }),
    ...(qr !== undefined && { qr }),
  };
  return { pages: [page], times: 1 };
}

function titleOf({ title, text }: SaidShort, [first]: MediaInfo[]): string {
  const line = text
    ?.split('\n')
    .find((each) => each.trim() !== '')
    ?.trim();
  return (
    title ??
    (line === undefined ? undefined : shortened(line)) ??
    first?.title.slice(0, ANNOUNCEMENT_LIMITS.titleChars) ??
    'ประกาศ'
  );
}

/** Cut between words, so that no Thai cluster is broken. */
function shortened(line: string): string {
  if (line.length <= TITLE_CHARS) return line;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'word' }).segment(line)) {
    if (kept.length + segment.length > TITLE_CHARS) break;
    kept += segment;
  }
  return `${kept.trimEnd() || [...line].slice(0, TITLE_CHARS / 2).join('')}…`;
}

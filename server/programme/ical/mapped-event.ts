import type { Announcement, Chime } from '../../../firmware-protocol/content/announcement.ts';
import type { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import type { IcalMapping } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import type { PlannedEntry } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { type IcalComponent, lineOf, textOf } from './components.ts';
import type { IcalFaultCode } from './faults.ts';

/** A mapping whose sound is known. */
export interface Mapping extends Omit<IcalMapping, 'media'> {
  media: MediaInfo[];
}

export interface Mappings {
  as: Mapping | undefined;
  categories: ReadonlyMap<string, Mapping>;
}

/** By the first of the event's categories that is named, whatever its capitals; else the general one. */
export function mappingFor(event: IcalComponent, { as, categories }: Mappings): Mapping | undefined {
  const named = event.lines.filter(({ name }) => name === 'CATEGORIES').flatMap(({ values }) => values);
  for (const name of named) {
    const found = categories.get(name.trim().toLowerCase());
    if (found !== undefined) return found;
  }
  return as;
}

/** All of an entry but when. */
export type Said = Omit<PlannedEntry, 'id' | 'starts' | 'rule' | 'except'>;

const CHIME: Chime = 'attention';
const GAP_MS = 2_000;
const PAGE_SECONDS = 10;
/** A tag, not the sign "less than". */
const HTML = /<\/?[a-z][^<>]*>/i;

/** What an event of another program says by the mapping, or what keeps it from being said. */
export function saidBy(event: IcalComponent, mapping: Mapping): Said | { code: IcalFaultCode; line: number } {
  const { band, outputs, text, media, chime = CHIME, times = 1, grace_s = 60, when_cut = 'resume' } = mapping;
  const title = textOf(event, 'SUMMARY').trim();
  const description = textOf(event, 'DESCRIPTION').trim();
  const wrong = (code: IcalFaultCode, name: string) => ({
    code,
    line: lineOf(event, name)?.line ?? event.line,
  });
  if (title === '') return wrong('no-summary', 'SUMMARY');
  if (text !== 'summary' && HTML.test(description)) return wrong('html-text', 'DESCRIPTION');
  if (text === 'description' && description === '') return wrong('no-description', 'DESCRIPTION');
  const words = { summary: title, description, both: [title, description].filter(Boolean).join('\n') }[text];
  const parts = media.map(({ sha256, bytes, ms }) => ({ type: 'media' as const, sha256, bytes, ms }));
  const announcement: Announcement = {
    title: title.replace(/\s+/g, ' '),
    language: 'th',
    ...(outputs.includes('tower') && { tower: { chime, parts, times, gap_ms: GAP_MS } }),
    ...(outputs.includes('panel') && {
      panel: { pages: [{ text: words.replace(/\t/g, ' '), seconds: PAGE_SECONDS }], times: 1 },
    }),
  };
  return { band, outputs, grace_s, when_cut, announcement };
}

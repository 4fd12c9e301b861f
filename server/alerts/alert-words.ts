import { ANNOUNCEMENT_LIMITS } from '../../firmware-protocol/content/announcement.ts';
import { STRAY_LETTERS } from '../../firmware-protocol/content/stray-letters.ts';
import { isSound } from './alert-facts.ts';
import type { CapAlert, CapInfo } from './cap-schema.ts';
import { hasOtherDigest } from './resource-digest.ts';
import { isThai } from './tellings.ts';
import { thaiOfCap } from './thai-of-cap.ts';

/** What a village is told of an alert, before there is sound of it. */
export interface AlertWords {
  title: string;
  /** For the sign. */
  text: string;
  hotline: string | undefined;
  /** For the tower, in one piece; empty = no voice of ours can say it. */
  speech: string;
  agency: string;
  /** BCP 47. */
  language: string;
  /** Sound that the alert brings along, Base64. */
  sound: { base64: string; name: string } | undefined;
  /** The sender says that the danger is over. */
  isAllClear: boolean;
}

/** A round of the sign comes back within a minute or so: who looks up must not wait longer to read what to do. */
const SIGN_CHARS = { description: 200, instruction: 300, places: 150 } as const;

/** In Thai: the agency's own words, else what its closed lists say, put into sentences. */
export function wordsFor(alert: CapAlert, infos: readonly CapInfo[]): AlertWords {
  const info = infos.find(isThai) ?? infos[0];
  if (info === undefined) throw new Error('an alert without infos says nothing');
  const isOwn = isThai(info);
  const isAllClear = info.responseType.includes('AllClear');
  const own = isOwn ? verbatim(info) : translated(info);
  const agency = cut(plain(info.senderName ?? alert.source ?? alert.sender), ANNOUNCEMENT_LIMITS.titleChars);
  const beginning = `${isAllClear ? 'ประกาศ' : 'ประกาศเตือนภัย'}${spokenAgency(agency)}`;
  return {
    title: cut(own.title, ANNOUNCEMENT_LIMITS.titleChars),
    text: own.text,
    hotline: hotlineIn(info.contact),
    speech: cut(`${beginning} เรื่อง ${own.speech}`, ANNOUNCEMENT_LIMITS.pageChars),
    agency,
    language: 'th',
    sound: soundIn(infos, isOwn ? info : undefined),
    isAllClear,
  };
}

/** The same in each of these languages in which the alert has words of its own, as they are; no voice of ours says them. */
export function furtherWords(
  alert: CapAlert,
  infos: readonly CapInfo[],
  languages: readonly string[],
): AlertWords[] {
  const told = infos.find(isThai) ?? infos[0];
  return languages.flatMap((language) => {
    const info = infos.find(
      (each) => each !== told && each.language.toLowerCase().split('-')[0] === language,
    );
    if (info === undefined) return [];
    const { title, text } = verbatim(info);
    return [
      {
        title: cut(title, ANNOUNCEMENT_LIMITS.titleChars),
        text,
        hotline: hotlineIn(info.contact),
        speech: '',
        agency: cut(plain(info.senderName ?? alert.sender), ANNOUNCEMENT_LIMITS.titleChars),
        language,
        sound: soundIn([info], info),
        isAllClear: info.responseType.includes('AllClear'),
      },
    ];
  });
}

interface OwnWords {
  title: string;
  /** Of the sign. */
  text: string;
  /** All of it, in one line. */
  speech: string;
}

function verbatim(info: CapInfo): OwnWords {
  const title = plain(info.headline ?? '') || plain(info.event);
  const [description, instruction] = [plain(info.description ?? ''), plain(info.instruction ?? '')];
  const shown = [cut(description, SIGN_CHARS.description), cut(instruction, SIGN_CHARS.instruction)];
  return {
    title,
    text: filled(shown).join('\n') || cut(title, ANNOUNCEMENT_LIMITS.titleChars),
    speech: filled([title, description, instruction]).join(' '),
  };
}

function translated(info: CapInfo): OwnWords {
  const { title, subject, said } = thaiOfCap(info);
  const places = filled([...new Set(info.area.map(({ areaDesc }) => plain(areaDesc)))]);
  // Names in other letters are shown, and not left to a Thai voice: who hears it is there.
  const thai = places.filter(isThaiText);
  const here = thai.length > 0 ? `ในพื้นที่${cut(thai.join(' '), 300)}` : 'ในพื้นที่นี้';
  const shown = places.length > 0 ? [`พื้นที่ ${cut(places.join(', '), SIGN_CHARS.places)}`] : [];
  return {
    title,
    text: [...shown, ...said].join('\n') || title,
    speech: [subject, here, ...said].join(' '),
  };
}

const filled = (texts: readonly string[]) => texts.filter((each) => each !== '');
const isThaiText = (text: string) => /\p{Script=Thai}/u.test(text);

/** An address is no name that can be said, and a foreign one stands apart from the Thai before it. */
function spokenAgency(agency: string): string {
  if (isThaiText(agency)) return `จาก${agency}`;
  return /^urn:|@|:\/\/|^\S+\.\S+$/i.test(agency) ? '' : `จาก ${agency}`;
}

const STRAY_OR_BLANK = new RegExp(`[${STRAY_LETTERS}\\s]+`, 'gu');

/** One line of text: agencies write HTML, line breaks and letters that nobody sees as they like. A warning is not refused for them. */
function plain(text: string): string {
  return text
    .replace(/<[a-z/][^<>]{0,200}>/gi, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(STRAY_OR_BLANK, ' ')
    .trim();
}

/** Never inside a cluster of Thai marks. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A contact that is a number to call; others are addresses for offices. */
function hotlineIn(contact: string | undefined): string | undefined {
  const text = plain(contact ?? '');
  return /\d{3}/.test(text) && !text.includes('@') && text.length <= ANNOUNCEMENT_LIMITS.hotlineChars
    ? text
    : undefined;
}

/**
 * Of the Thai info where there is one: a village is not told in English what a voice can say in Thai. Sound that is not what its digest says
 * is left: the words are still there to be said.
 */
function soundIn(infos: readonly CapInfo[], thai: CapInfo | undefined): AlertWords['sound'] {
  const resources = (thai === undefined ? infos : [thai]).flatMap(({ resource }) => resource);
  const found = resources.find(
    (each) => isSound(each.mimeType) && (each.derefUri ?? '').trim() !== '' && !hasOtherDigest(each),
  );
  return found && { base64: found.derefUri ?? '', name: plain(found.resourceDesc).slice(0, 80) || 'CAP' };
}

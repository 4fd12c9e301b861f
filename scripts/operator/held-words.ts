import { Announcement } from '../../firmware-protocol/content/announcement.ts';
import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { Instant } from '../../firmware-protocol/content/instant.ts';
import { ruleWords } from '../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { SERVER_ERRORS } from '../../server/errors.ts';
import { when } from '../cli/when.ts';
import type { Lang, Words } from '../cli/words.ts';
import { announcementWords } from './announcement-words.ts';
import type { Held } from './held-at.ts';

const NEED_WORDS: Record<Held['needs'][number], Words> = {
  alert: { en: 'a life-safety alert', th: 'เป็นการเตือนภัยถึงชีวิต' },
  wide: { en: 'beyond one district', th: 'กว้างกว่าหนึ่งอำเภอ' },
  'quiet-hours': { en: 'in quiet hours', th: 'อยู่ในเวลางดใช้เสียง' },
};
const STATE_WORDS: Record<Held['state'], Words> = {
  waiting: { en: 'waits', th: 'รออนุมัติ' },
  approved: { en: 'approved', th: 'อนุมัติแล้ว' },
  refused: { en: 'refused', th: 'ไม่อนุมัติ' },
  expired: { en: 'nobody said yes in time', th: 'ไม่มีผู้อนุมัติทันเวลา' },
  failed: { en: 'could not be sent; approved', th: 'ส่งไม่ได้ ทั้งที่อนุมัติแล้ว' },
};

function needWords(needs: Held['needs']): Words {
  const said = needs.map((need) => NEED_WORDS[need]);
  return { en: said.map(({ en }) => en).join(', '), th: said.map(({ th }) => th).join(' และ') };
}

/** What is told whose wish waits for a second person. */
export function waitWords(id: string, { needs, until }: NonNullable<AnswerTo<'push'>['waits']>): Words {
  const why = needWords(needs);
  return {
    en: `NOT SENT YET: a second person has to say yes (${why.en}), until ${when(until, 'en')}: prakat approve ${id}`,
    th: `ยังไม่ได้ส่ง: ต้องมีผู้อนุมัติคนที่สอง (${why.th}) ภายใน ${when(until, 'th')}: prakat approve ${id}`,
  };
}

/** What waits, as the second person reads it: who, why, where, and every word. */
export function heldWords(held: Held): Words {
  return { en: lines(held, 'en'), th: lines(held, 'th') };
}

/** `waits, until 13 Nov 2026, 18:30`; `approved by malee`: how it stands with what waits, or did. */
export function standingWords(held: Held): Words {
  const { state, until, decided_by: by, reason } = held;
  const { en, th } = STATE_WORDS[state];
  if (state === 'waiting')
    return { en: `${en}, until ${when(until, 'en')}`, th: `${th} ภายใน ${when(until, 'th')}` };
  const because = state === 'failed' ? failureWords(held) : { en: reason, th: reason };
  const whoAndWhy = (word: string, why: string | undefined) =>
    `${by === undefined ? '' : ` ${word} ${by}`}${why === undefined ? '' : `: ${why}`}`;
  return { en: `${en}${whoAndWhy('by', because.en)}`, th: `${th}${whoAndWhy('โดย', because.th)}` };
}

/** Of what could not be sent, the reason is an error code of the server; its words, as far as they need no more than the places. */
function failureWords(held: Held): { en?: string | undefined; th?: string | undefined } {
  const { reason = '' } = held;
  const texts: Readonly<Record<string, Words>> = SERVER_ERRORS;
  const text = Object.hasOwn(texts, reason) ? texts[reason] : undefined;
  const filled = (words: string | undefined) => words?.replace('{areas}', targetsOf(held));
  const isWhole = !/[{]/.test(filled(text?.en) ?? '{');
  return isWhole ? { en: filled(text?.en), th: filled(text?.th) } : { en: held.reason, th: held.reason };
}

function targetsOf({ document, programme }: Held): string {
  return programme?.area ?? (Array.isArray(document.to) ? document.to.join(' ') : '');
}

function lines(held: Held, lang: Lang): string {
  const { order, by, why, asked_at, needs, sha256 } = held;
  const need = needWords(needs)[lang];
  const asked: Words = {
    en: `asked for by ${by}, ${when(asked_at, 'en')}`,
    th: `ขอโดย ${by} เมื่อ ${when(asked_at, 'th')}`,
  };
  const because: Words = { en: `takes a second person: ${need}`, th: `ต้องมีผู้อนุมัติคนที่สอง: ${need}` };
  const content = held.programme === undefined ? orderLines(held, lang) : changeLines(held.programme, lang);
  const reason: Words = { en: `why: ${why}`, th: `เหตุผล: ${why}` };
  return [
    `${order}  ${standingWords(held)[lang]}`,
    ...[asked[lang], because[lang], ...(why === undefined ? [] : [reason[lang]]), ...content]
      .concat(`sha256: ${sha256}`)
      .map((line) => `  ${line}`),
  ].join('\n');
}

/** Of an order: to whom, when, and what it says. What a newer server means is shown as it came. */
function orderLines(held: Held, lang: Lang): string[] {
  const { document, lives_s } = held;
  const start = Instant.safeParse(document.start_at);
  const minutes = Math.round((lives_s ?? 0) / 60);
  const times: Words = {
    en: `begins ${start.success ? when(start.data, 'en') : 'at once'}${minutes > 0 ? `, waits ${minutes} minutes for halls that are away` : ''}`,
    th: `เริ่ม${start.success ? ` ${when(start.data, 'th')}` : 'ทันที'}${minutes > 0 ? ` รอหอที่ติดต่อไม่ได้ ${minutes} นาที` : ''}`,
  };
  const said = Announcement.safeParse(document.announcement);
  const named = Array.isArray(document.outputs) ? document.outputs : OUTPUTS;
  const outputs = OUTPUTS.filter((output) => named.includes(output));
  return [
    `${lang === 'th' ? 'ถึง' : 'to'}: ${targetsOf(held)}`,
    times[lang],
    ...(said.success
      ? announcementWords(said.data, outputs, lang)
      : [JSON.stringify(document.announcement ?? document)]),
  ];
}

type Programme = NonNullable<Held['programme']>;

const CHANGE_WORDS: Record<'added' | 'changed' | 'removed', Words> = {
  added: { en: '+ new', th: '+ เพิ่ม' },
  changed: { en: '~ changed', th: '~ แก้ไข' },
  removed: { en: '- gone', th: '- ตัดออก' },
};

/** What a programme would say otherwise. */
function changeLines(programme: Programme, lang: Lang): string[] {
  const head: Words = {
    en: `programme of ${programme.area}, over version ${programme.based_on}`,
    th: `ผังรายการของ ${programme.area} แทนฉบับที่ ${programme.based_on}`,
  };
  const rows = (['added', 'changed', 'removed'] as const).flatMap((change) =>
    programme[change].map(
      ({ id, starts, rule, band, title }) =>
        `${CHANGE_WORDS[change][lang]}  ${id}  ${title}  [${band}]  ${ruleWords(rule, starts, lang)}`,
    ),
  );
  return [head[lang], ...rows];
}

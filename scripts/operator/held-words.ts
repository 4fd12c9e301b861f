import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { when } from '../cli/when.ts';
import type { Words } from '../cli/words.ts';

type Held = AnswerTo<'approvals'>['held'][number];

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
  failed: { en: 'approved, but it could not be sent', th: 'อนุมัติแล้วแต่ส่งไม่ได้' },
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

function lines(held: Held, lang: 'en' | 'th'): string {
  const { order, by, needs, state, until, decided_by, reason, document, sha256 } = held;
  const ends = decided_by === undefined ? '' : `: ${decided_by}${reason === undefined ? '' : `, ${reason}`}`;
  const labels = lang === 'th' ? ['โดย', 'เพราะ', 'ถึง', 'ภายใน'] : ['by', 'because', 'to', 'until'];
  const [byWord, because, to, untilWord] = labels;
  const targets = held.programme?.area ?? (Array.isArray(document.to) ? document.to.join(' ') : '');
  const waits = state === 'waiting' ? `, ${untilWord} ${when(until, lang)}` : '';
  return [
    `${order}  ${STATE_WORDS[state][lang]}${ends}${waits}`,
    `  ${byWord} ${by}, ${to} ${targets}, ${because} ${needWords(needs)[lang]}`,
    ...(held.programme === undefined
      ? [`  ${JSON.stringify(document.announcement ?? document)}`]
      : changeLines(held.programme, lang)),
    `  sha256 ${sha256}`,
  ].join('\n');
}

type Programme = NonNullable<Held['programme']>;

const CHANGE_WORDS: Record<'added' | 'changed' | 'removed', Words> = {
  added: { en: '+ new', th: '+ เพิ่ม' },
  changed: { en: '~ changed', th: '~ แก้ไข' },
  removed: { en: '- gone', th: '- ตัดออก' },
};

/** What a programme would say otherwise. */
function changeLines(programme: Programme, lang: 'en' | 'th'): string[] {
  const head = {
    en: `  programme of ${programme.area}, over version ${programme.based_on}`,
    th: `  ผังรายการของ ${programme.area} แทนฉบับที่ ${programme.based_on}`,
  };
  const rows = (['added', 'changed', 'removed'] as const).flatMap((change) =>
    programme[change].map(
      ({ id, starts, rule, band, title }) =>
        `  ${CHANGE_WORDS[change][lang]}  ${id}  ${starts}  ${rule ?? '-'}  [${band}]  ${title}`,
    ),
  );
  return [head[lang], ...rows];
}

import { UPDATE_STEPS, updateDetail } from '../../../../firmware-protocol/content/warnings/update-reasons.ts';
import { WARNINGS } from '../../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../../../firmware-protocol/content/warnings/warning-row.ts';
import type { LocalAnswerOf } from '../../../../firmware-protocol/local/verbs.ts';
import { when } from '../../../cli/when.ts';
import type { Lang, Words } from '../../../cli/words.ts';
import { lookAtChecks, shownIn } from '../check-step.ts';
import { type Finding, found, plain, skippedFor } from '../finding.ts';
import { serviceState } from '../service-state.ts';
import type { ToldCheck, Visit } from '../visit.ts';
import { lookAtProgramme } from './programme-look.ts';

type State = LocalAnswerOf<'state'>['state'];

/** Whether the program runs, what it warns of, and how it started. */
export async function* lookAtAgent(visit: Visit): AsyncGenerator<Finding> {
  const { running, identityTrouble, identity } = visit;
  if (identity === undefined) yield notEnrolled(identityTrouble ?? '');
  else if (running === undefined) yield visit.stuck ? isStuck() : await notRunning();
  else {
    const { version, boot, update } = running.state.state;
    const newer = update === undefined ? plain('') : newerWords(update);
    yield found('agent', 'ok', {
      figure: {
        en: `version ${version}, boot ${boot}${newer.en}`,
        th: `รุ่น ${version} เปิดครั้งที่ ${boot}${newer.th}`,
      },
    });
  }
  if (running === undefined) {
    yield skippedFor('warnings', 'agent');
    yield skippedFor('programme', 'agent');
    yield skippedFor('media', 'agent');
    yield skippedFor('boots', 'agent');
    return;
  }
  yield* warningsOf(running.state, visit.rooms, await visit.checks());
  yield await lookAtProgramme(visit);
  yield await lookAtChecks(visit, 'media');
  yield await lastStart(visit);
}

/** How far a newer version is; a step of another version of the agent stays its word. */
function newerWords({ version, step, until }: NonNullable<State['update']>): Words {
  const { en, th } = UPDATE_STEPS[step] ?? plain(step);
  const at = (lang: Lang) => (until === undefined ? '' : ` (${when(until, lang)})`);
  return { en: `; ${version} ${en}${at('en')}`, th: ` · รุ่น ${version} ${th}${at('th')}` };
}

function notEnrolled(why: string): Finding {
  return found('agent', 'fail', {
    figure: plain(why),
    cause: {
      en: 'this box has no identity: it was never enrolled, or its file is damaged',
      th: 'กล่องนี้ยังไม่ได้ลงทะเบียน หรือไฟล์ประจำตัวของกล่องเสียหาย',
    },
    remedy: {
      en: 'ask the province for a code, then: sudo prakat device setup',
      th: 'ขอรหัสจากจังหวัด แล้วสั่ง: sudo prakat device setup',
    },
  });
}

async function notRunning(): Promise<Finding> {
  const state = await serviceState();
  return found('agent', 'fail', {
    ...(state !== undefined && { figure: plain(state) }),
    cause: {
      en: 'no agent runs: this check opens the hardware itself meanwhile',
      th: 'โปรแกรมไม่ทำงาน: การตรวจนี้จะเปิดอุปกรณ์เองแทน',
    },
    remedy: {
      en: 'start it: sudo systemctl restart prakat; why it ended: journalctl -u prakat -n 50',
      th: 'เปิดใหม่: sudo systemctl restart prakat ดูสาเหตุ: journalctl -u prakat -n 50',
    },
  });
}

function isStuck(): Finding {
  return found('agent', 'fail', {
    cause: {
      en: 'an agent is there and does not answer: it is stuck, or of another version',
      th: 'มีโปรแกรมทำงานอยู่แต่ไม่ตอบ: ค้าง หรือเป็นคนละรุ่น',
    },
    remedy: {
      en: 'send the support bundle, then: sudo systemctl restart prakat',
      th: 'ส่งไฟล์ช่วยเหลือก่อน แล้วสั่ง: sudo systemctl restart prakat',
    },
  });
}

/** Those that a step of this visit shows with its figure are not said here as well. */
function* warningsOf(
  { state: { warnings: codes }, details = {} }: LocalAnswerOf<'state'>,
  rooms: Visit['rooms'],
  checks: ToldCheck[],
): Generator<Finding> {
  const shown = shownIn(rooms, checks);
  const rest = codes.filter((code) => !shown.has(rowOf(code)?.number ?? 0));
  if (rest.length === 0) {
    const isNone = codes.length === 0;
    const figure = isNone
      ? { en: 'none', th: 'ไม่มี' }
      : { en: 'none beside what is shown below', th: 'ไม่มีนอกจากที่แสดงด้านล่าง' };
    yield found('warnings', 'ok', { figure });
  }
  for (const code of rest) {
    const row = rowOf(code);
    const { en, th } = saidWith(details[code], row, checks);
    yield found('warnings', 'warn', {
      figure:
        row === undefined
          ? { en: code + en, th: code + th }
          : { en: `${row.number} ${row.en.says}${en}`, th: `${row.number} ${row.th.says}${th}` },
      ...(row && {
        cause: { en: row.en.cause, th: row.th.cause },
        remedy: isWellNow(row, checks) ? afterMending(row) : { en: row.en.remedy, th: row.th.remedy },
      }),
    });
  }
}

/** Who has just mended it, or the power cut did, is not sent to mend it again; a warning outlives its cause by some rounds. */
function afterMending({ en, th }: WarningRow): Words {
  return {
    en: `it is well at this moment: the warning ends by itself within half an hour. If it comes again: ${en.remedy}`,
    th: `ขณะนี้ปกติแล้ว คำเตือนจะหายเองภายในครึ่งชั่วโมง หากเกิดซ้ำ: ${th.remedy}`,
  };
}

/** Whether a check that measures it finds nothing wrong now. */
function isWellNow(row: WarningRow, checks: ToldCheck[]): boolean {
  const own = checks.filter(({ warning }) => warning === row.number);
  return own.length > 0 && own.every(({ result }) => result === 'ok');
}

/** What its part said with it (the version that did not do, the modules), or what its check measures now. */
function saidWith(detail: string | undefined, row: WarningRow | undefined, checks: ToldCheck[]): Words {
  if (detail === undefined) return plain('');
  const own = checks.find(({ check }) => detail.startsWith(`${check}: `));
  const { en = '-', th = en } = own ? { en: own.figure, th: own.figure_th } : updateDetail(detail);
  // "Slowed down: slowed down" says nothing more.
  const more = (figure: string, says = '') => (figure === '-' || says.includes(figure) ? '' : `: ${figure}`);
  return { en: more(en, row?.en.says), th: more(th, row?.th.says) };
}

async function lastStart({ agent }: Visit): Promise<Finding> {
  const { events } = await agent.ask('reports', { limit: 100 });
  const booted = events.filter(({ event }) => event.type === 'booted').at(-1);
  if (booted?.event.type !== 'booted') return found('boots', 'not-known');
  const at = { en: when(booted.at, 'en'), th: when(booted.at, 'th') };
  if (booted.event.clean)
    return found('boots', 'ok', {
      figure: { en: `${at.en}, after a clean end`, th: `${at.th} ครั้งก่อนปิดเรียบร้อย` },
    });
  return found('boots', 'warn', {
    figure: at,
    cause: {
      en: 'the run before ended without goodbye: a power cut, or the program fell',
      th: 'ครั้งก่อนหยุดกะทันหัน: ไฟดับ หรือโปรแกรมหยุดทำงานเอง',
    },
    remedy: {
      en: 'where the mains fail often, put a small UPS before the box',
      th: 'หากไฟดับบ่อย ควรใช้เครื่องสำรองไฟขนาดเล็ก',
    },
  });
}

/** A code of a newer agent has no row here. */
function rowOf(code: string): WarningRow | undefined {
  return Object.entries(WARNINGS).find(([each]) => each === code)?.[1];
}

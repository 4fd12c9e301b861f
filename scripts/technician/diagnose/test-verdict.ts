import { WARNINGS, type WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Tested } from '../../../firmware-protocol/local/verbs.ts';
import type { Words } from '../../cli/words.ts';
import { Failed } from '../../cli.ts';
import { reasonWords } from '../../operator/device-failure.ts';
import { causeAndRemedy } from './cause-and-remedy.ts';
import { type Finding, found, type StepId } from './finding.ts';
import { saidBeside } from './said-beside.ts';

/** Of what a part said. */
const MOST_LETTERS = 120;

/** What the hall itself said against it. */
export function notDone(step: StepId, { outcome, reason, detail }: Tested): Finding {
  const why = reasonWords(reason ?? outcome);
  const beside = saidBeside(detail, reason ?? '').slice(0, MOST_LETTERS);
  const said = beside === '' ? '' : ` (${beside})`;
  const figure = { en: why.en + said, th: why.th + said };
  if (outcome === 'expired' || reason === 'late')
    return found(step, 'not-known', {
      figure,
      cause: { en: 'something more important was on air', th: 'มีรายการสำคัญกว่ากำลังออกอากาศ' },
      remedy: { en: 'wait until it is over, then do this again', th: 'รอให้จบแล้วตรวจใหม่' },
    });
  const held = HELD_BACK[reason ?? ''];
  if (held !== undefined) return found(step, 'not-known', { figure, ...held });
  const known = isOtherPage(reason, detail) ? causeAndRemedy('panel-differs') : faultOf(reason);
  return found(step, 'fail', { figure, ...known });
}

/** What is no fault: the hall did as it was told. */
const LATER: Words = { en: 'do this again later', th: 'ตรวจใหม่ภายหลัง' };
/** No test begins that could not be written down first: the card is at fault, and not what was to be tried. */
const CARD_FIRST: { cause: Words; remedy: Words } = {
  cause: {
    en: 'the test could not be written down, so it was not done',
    th: 'บันทึกการทดสอบลงการ์ดไม่ได้ จึงยังไม่ได้ทดสอบ',
  },
  remedy: {
    en: 'mend the card first (steps of the disk): nothing sounds that cannot be written down',
    th: 'แก้การ์ดก่อน (ขั้นตอนดิสก์) เพราะสิ่งที่บันทึกไม่ได้จะไม่ออกเสียง',
  },
};
const HELD_BACK: Partial<Record<string, { cause: Words; remedy: Words }>> = {
  'amplifier-rest': { cause: { en: 'the amplifier has to rest', th: 'ต้องพักเครื่องขยายเสียง' }, remedy: LATER },
  'quiet-hours': {
    cause: { en: 'the laws of this hall allow no sound at this hour', th: 'กฎของหอไม่อนุญาตให้ออกเสียงในเวลานี้' },
    remedy: { en: 'do this outside the quiet hours', th: 'ตรวจนอกเวลางดใช้เสียง' },
  },
  'minutes-used': {
    cause: { en: 'the minutes of this day are used up', th: 'ใช้เวลาออกเสียงของวันนี้ครบแล้ว' },
    remedy: { en: 'do this again tomorrow', th: 'ตรวจใหม่พรุ่งนี้' },
  },
  'store-full': CARD_FIRST,
  'store-failed': CARD_FIRST,
  busy: { cause: { en: 'somebody else is testing', th: 'มีผู้อื่นกำลังทดสอบ' }, remedy: LATER },
};
const ASK: { cause: Words; remedy: Words } = {
  cause: { en: 'the program of the hall could not do it', th: 'โปรแกรมหอทำไม่สำเร็จ' },
  remedy: {
    en: 'do this again; if it comes back, send the result to the province',
    th: 'ตรวจซ้ำ หากยังเป็นอยู่ให้ส่งผลให้จังหวัด',
  },
};

/** What is no warning of the agent, or is something else while somebody tests. */
const FAULTS: Partial<Record<string, { cause: Words; remedy: Words }>> = {
  'player-hung': {
    ...causeAndRemedy('player-failed'),
    remedy: {
      en: 'unplug the sound card for ten seconds; if it comes again, replace it',
      th: 'ถอดการ์ดเสียงสิบวินาทีแล้วเสียบใหม่ หากเกิดซ้ำให้เปลี่ยน',
    },
  },
  'panel-silent': {
    ...causeAndRemedy('panel-gone'),
    remedy: { en: 'check mains of the sign, then its cable', th: 'ตรวจไฟของป้าย แล้วตรวจสาย' },
  },
  'panel-refused': causeAndRemedy('panel-other'),
};

/** The page was taken and another was read back: nothing is wrong with the size. */
function isOtherPage(reason: string | undefined, detail = ''): boolean {
  return reason === 'panel-refused' && detail.includes('"crc"');
}

function faultOf(reason: string | undefined): { cause: Words; remedy: Words } {
  return FAULTS[reason ?? ''] ?? (isWarning(reason) ? causeAndRemedy(reason) : ASK);
}

function isWarning(reason: string | undefined): reason is WarningCode {
  return reason !== undefined && Object.hasOwn(WARNINGS, reason);
}

export function notConfigured(step: StepId): Finding {
  return found(step, 'skipped', { cause: { en: 'this hall has none', th: 'หอนี้ไม่มี' } });
}

/** A test that the agent did not take is a test that was not done, and no end of the visit. */
export async function tried(test: () => Promise<Tested>): Promise<Tested> {
  try {
    return await test();
  } catch (error) {
    const reason = error instanceof Failed ? error.code : 'internal';
    return {
      play: '-',
      outcome: 'rejected',
      reason,
      detail: String(error instanceof Error ? error.message : error),
    };
  }
}

import { WARNINGS } from '../../../device/health/warning-catalogue.ts';
import type { WarningRow } from '../../../device/health/warning-row.ts';
import { type Finding, found, plain, skippedFor } from './finding.ts';
import { lookAtProgramme } from './programme-look.ts';
import { serviceState } from './service-state.ts';
import type { Visit } from './visit.ts';

/** So many reports are some hours without a line; more on a line that works do not get through. */
const MANY_REPORTS = 200;

/** Whether the program runs, what it warns of, and how it started. */
export async function* lookAtAgent(visit: Visit): AsyncGenerator<Finding> {
  const { running, identityTrouble, identity } = visit;
  if (identity === undefined) yield notEnrolled(identityTrouble ?? '');
  else if (running === undefined) yield visit.stuck ? isStuck() : await notRunning();
  else {
    const { version, boot, update } = running.state.state;
    const newer = update === undefined ? '' : `; ${update.version}: ${update.step}`;
    yield found('agent', 'ok', {
      figure: {
        en: `version ${version}, boot ${boot}${newer}`,
        th: `รุ่น ${version} เปิดครั้งที่ ${boot}${newer}`,
      },
    });
  }
  if (running === undefined) {
    yield skippedFor('warnings', 'agent');
    yield skippedFor('programme', 'agent');
    yield skippedFor('boots', 'agent');
    return;
  }
  yield* warningsOf(running.state.state.warnings);
  yield await lookAtProgramme(visit);
  yield await lastStart(visit);
}

function notEnrolled(why: string): Finding {
  return found('agent', 'fail', {
    figure: plain(why),
    cause: {
      en: 'this box has no identity: it was never enrolled, or its file is damaged',
      th: 'กล่องนี้ยังไม่มีตัวตน: ยังไม่ได้ลงทะเบียน หรือไฟล์เสียหาย',
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

function* warningsOf(codes: string[]): Generator<Finding> {
  if (codes.length === 0) yield found('warnings', 'ok', { figure: { en: 'none', th: 'ไม่มี' } });
  for (const code of codes) {
    const row = rowOf(code);
    yield found('warnings', 'warn', {
      figure:
        row === undefined
          ? plain(code)
          : { en: `${row.number} ${row.en.says}`, th: `${row.number} ${row.th.says}` },
      ...(row && {
        cause: { en: row.en.cause, th: row.th.cause },
        remedy: { en: row.en.remedy, th: row.th.remedy },
      }),
    });
  }
}

async function lastStart({ agent }: Visit): Promise<Finding> {
  const { events } = await agent.ask('reports', { limit: 100 });
  const booted = events.filter(({ event }) => event.type === 'booted').at(-1);
  if (booted?.event.type !== 'booted') return found('boots', 'not-known');
  const at = booted.at.slice(0, 16).replace('T', ' ');
  if (booted.event.clean)
    return found('boots', 'ok', { figure: { en: `${at}, after a clean end`, th: `${at} ครั้งก่อนปิดเรียบร้อย` } });
  return found('boots', 'warn', {
    figure: plain(at),
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

/** What waits for the server. */
export function lookAtReports({ running }: Visit): Finding {
  if (running === undefined) return skippedFor('reports', 'agent');
  const { reports_waiting: waiting, connected } = running.link;
  const figure = { en: `${waiting} waiting`, th: `รอส่ง ${waiting} ฉบับ` };
  if (waiting < MANY_REPORTS) return found('reports', 'ok', { figure });
  return found('reports', 'warn', {
    figure,
    cause: connected
      ? {
          en: 'the line works and they do not get through: the server does not confirm them',
          th: 'เชื่อมต่ออยู่แต่รายงานไม่ผ่าน: เซิร์ฟเวอร์ไม่ยืนยัน',
        }
      : { en: 'the line has been down for long', th: 'ขาดการเชื่อมต่อมานาน' },
    remedy: connected
      ? { en: 'tell the province', th: 'แจ้งจังหวัด' }
      : {
          en: 'mend the line: they go out by themselves, none is lost',
          th: 'แก้การเชื่อมต่อ รายงานจะส่งเองและไม่สูญหาย',
        },
  });
}

/** A code of a newer agent has no row here. */
function rowOf(code: string): WarningRow | undefined {
  return Object.entries(WARNINGS).find(([each]) => each === code)?.[1];
}

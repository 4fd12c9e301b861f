import { type Finding, found, skippedFor } from '../finding.ts';
import { notConfigured, notDone, tried } from '../test-verdict.ts';
import type { Tester } from '../tester.ts';
import type { Visit } from '../visit.ts';

/** A page of Thai, read back where the board can. */
export async function* walkSign(visit: Visit, tester: Tester): AsyncGenerator<Finding> {
  const page = await lookAtPage(visit, tester);
  yield page;
  if (page.result === 'skipped') return;
  yield page.result === 'fail' ? skippedFor('sign-lamps', 'sign') : await lookAtLamps(visit, tester);
}

async function lookAtPage({ config, person }: Visit, tester: Tester): Promise<Finding> {
  if (config.sign === undefined && config.board?.panel === undefined) return notConfigured('sign');
  person?.attention({
    en: 'look at the sign: for eight seconds it shows "ทดสอบป้าย ผู้ใหญ่บ้านที่นี่"',
    th: 'ดูที่ป้าย จะแสดง "ทดสอบป้าย ผู้ใหญ่บ้านที่นี่" แปดวินาที',
  });
  const tested = await tried(() => tester.sign());
  const { panel } = tested;
  if (tested.outcome !== 'finished' || panel === undefined) return notDone('sign', tested);
  const readBack = panel.board_crc !== undefined;
  const figure = readBack
    ? { en: `page ${panel.crc}, read back equal`, th: `หน้า ${panel.crc} อ่านกลับตรงกัน` }
    : { en: `page ${panel.crc}, this sign cannot be read back`, th: `หน้า ${panel.crc} ป้ายนี้อ่านกลับไม่ได้` };
  const seen = await person?.confirm({
    en: 'Did the sign show "ทดสอบป้าย ผู้ใหญ่บ้านที่นี่", with every mark in its place?',
    th: 'ป้ายแสดง "ทดสอบป้าย ผู้ใหญ่บ้านที่นี่" และสระวรรณยุกต์ถูกที่ทุกตัวหรือไม่',
  });
  if (seen === false)
    return found('sign', 'fail', {
      figure,
      cause: {
        en: 'the page goes out, and the lamps show something else: a module, a ribbon cable, or the geometry',
        th: 'ส่งภาพแล้วแต่ดวงไฟแสดงไม่ถูก: โมดูล สายแพ หรือการตั้งค่าการเรียง',
      },
      remedy: {
        en: 'test the lamps: prakat panel pixels --config FILE (the agent stopped)',
        th: 'ทดสอบดวงไฟ: prakat panel pixels --config ไฟล์ (หยุดโปรแกรมก่อน)',
      },
    });
  return found('sign', seen === true || readBack ? 'ok' : 'not-known', {
    figure,
  });
}

/** Only eyes can tell: without a person the village is not shown colours for nothing. */
async function lookAtLamps({ person }: Visit, tester: Tester): Promise<Finding> {
  if (person === undefined)
    return found('sign-lamps', 'skipped', { cause: { en: 'nobody looks', th: 'ไม่มีผู้ดู' } });
  const wanted = await person.confirm({
    en: 'Show red, green, blue, white and every second lamp, 20 seconds in all?',
    th: 'แสดงสีแดง เขียว น้ำเงิน ขาว และเว้นดวง รวม 20 วินาที หรือไม่',
  });
  if (wanted !== true)
    return found('sign-lamps', 'skipped', { cause: { en: 'not wanted now', th: 'ยังไม่ต้องการ' } });
  person.attention({
    en: 'look for dark lamps and modules, other colours, lamps that stay lit',
    th: 'มองหาดวงหรือโมดูลที่ดับ สีเพี้ยน และดวงที่ติดค้าง',
  });
  const tested = await tried(() => tester.lamps());
  if (tested.outcome !== 'finished') return notDone('sign-lamps', tested);
  const right = await person.confirm({
    en: 'Was every lamp right in every picture?',
    th: 'ทุกดวงถูกต้องทุกภาพหรือไม่',
  });
  if (right === undefined) return found('sign-lamps', 'not-known');
  if (right) return found('sign-lamps', 'ok');
  return found('sign-lamps', 'warn', {
    cause: {
      en: 'lamps or modules are broken, or a ribbon cable is loose',
      th: 'ดวงไฟหรือโมดูลเสีย หรือสายแพหลวม',
    },
    remedy: {
      en: 'find the places: stop the agent, then prakat panel pixels; take along modules and ribbon cables',
      th: 'หาตำแหน่ง: หยุดโปรแกรม แล้วใช้ prakat panel pixels เตรียมโมดูลและสายแพไปเปลี่ยน',
    },
  });
}

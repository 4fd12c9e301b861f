import { type Finding, found, plain } from './finding.ts';
import { notConfigured, notDone, tried } from './sound-walk.ts';
import type { Tester } from './tester.ts';
import type { Visit } from './visit.ts';

/** A page of Thai, read back where the board can. */
export async function lookAtSign({ config, person }: Visit, tester: Tester): Promise<Finding> {
  if (config.sign === undefined && config.board?.panel === undefined) return notConfigured('sign');
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
    figure: seen === undefined ? figure : plain(figure.en),
  });
}

import { BOX_WARNINGS } from './box-warnings.ts';
import { INPUT_WARNINGS } from './input-warnings.ts';
import { MEDIA_WARNINGS } from './media-warnings.ts';
import { TIME_WARNINGS } from './time-warnings.ts';
import type { WarningRow } from './warning-row.ts';

/** Everything the agent warns of, by number. */
export const WARNINGS = {
  'receipt-forged': {
    number: 101,
    en: {
      says: 'a receipt with a wrong signature or for another chain came in',
      cause: 'somebody else speaks on the broker, or the server lost its records',
      remedy: 'tell the province; nothing needs to be done at the hall',
    },
    th: {
      says: 'ได้รับใบตอบรับที่ลายเซ็นไม่ถูกต้อง',
      cause: 'มีผู้อื่นส่งข้อความบนโบรกเกอร์ หรือเซิร์ฟเวอร์สูญเสียข้อมูล',
      remedy: 'แจ้งจังหวัด ที่หอไม่ต้องทำอะไร',
    },
  },
  'time-forged': {
    number: 102,
    en: {
      says: 'an answer about the time with a wrong signature came in',
      cause: 'somebody else speaks on the broker',
      remedy: 'tell the province; nothing needs to be done at the hall',
    },
    th: {
      says: 'ได้รับเวลาที่ลายเซ็นไม่ถูกต้อง',
      cause: 'มีผู้อื่นส่งข้อความบนโบรกเกอร์',
      remedy: 'แจ้งจังหวัด ที่หอไม่ต้องทำอะไร',
    },
  },
  'inbox-full': {
    number: 103,
    en: {
      says: 'messages came in faster than they could be handled',
      cause: 'a flood of messages after an outage, or somebody who floods the broker',
      remedy: 'wait some minutes; if it comes again, tell the province',
    },
    th: {
      says: 'ข้อความเข้ามาเร็วกว่าที่จัดการได้',
      cause: 'ข้อความค้างจำนวนมากหลังสัญญาณขาด หรือมีผู้ส่งข้อความถล่มโบรกเกอร์',
      remedy: 'รอสองสามนาที หากเกิดซ้ำให้แจ้งจังหวัด',
    },
  },
  'store-full': {
    number: 201,
    en: {
      says: 'the disk is full: nothing new can be claimed or reported',
      cause: 'the card is too small, or something else fills it',
      remedy: 'run diagnose, step disk; delete what is not prakat, or put in a larger card',
    },
    th: {
      says: 'พื้นที่เก็บข้อมูลเต็ม บันทึกและรายงานไม่ได้',
      cause: 'การ์ดมีความจุน้อยเกินไป หรือมีไฟล์อื่นใช้พื้นที่',
      remedy: 'ตรวจด้วย diagnose ขั้นตอนดิสก์ แล้วลบไฟล์อื่น หรือเปลี่ยนการ์ดที่ใหญ่กว่า',
    },
  },
  'store-failed': {
    number: 202,
    en: {
      says: 'the store cannot write',
      cause: 'the card is worn out or was made read-only after a power cut',
      remedy: 'restart the box once; if it comes again, replace the card and restore the backup',
    },
    th: {
      says: 'บันทึกข้อมูลไม่ได้',
      cause: 'การ์ดเสื่อม หรือถูกตั้งเป็นอ่านอย่างเดียวหลังไฟดับ',
      remedy: 'เปิดเครื่องใหม่หนึ่งครั้ง หากเกิดซ้ำให้เปลี่ยนการ์ดและกู้คืนข้อมูลสำรอง',
    },
  },
  ...TIME_WARNINGS,
  ...BOX_WARNINGS,
  ...MEDIA_WARNINGS,
  'no-sound-device': {
    number: 401,
    en: {
      says: 'there is no sound device',
      cause: 'the USB sound card is unplugged, or another program holds it',
      remedy:
        'plug the sound card in again, best into another USB port; "aplay -l" must list it; its name stands in tower.player.device',
    },
    th: {
      says: 'ไม่มีการ์ดเสียง',
      cause: 'การ์ดเสียง USB หลุด หรือโปรแกรมอื่นใช้อยู่',
      remedy: 'เสียบการ์ดเสียงใหม่ ลองเปลี่ยนช่อง USB คำสั่ง aplay -l ต้องเห็นการ์ด ชื่ออยู่ที่ tower.player.device',
    },
  },
  'player-failed': {
    number: 402,
    en: {
      says: 'the sound device failed or hung',
      cause: 'a loose plug, too little power, or a sound card that is dying',
      remedy: 'check plug and power supply; if it comes again, replace the sound card',
    },
    th: {
      says: 'การ์ดเสียงขัดข้อง',
      cause: 'ปลั๊กหลวม ไฟไม่พอ หรือการ์ดเสียงใกล้เสีย',
      remedy: 'ตรวจปลั๊กและแหล่งจ่ายไฟ หากเกิดซ้ำให้เปลี่ยนการ์ดเสียง',
    },
  },
  'amplifier-failed': {
    number: 403,
    en: {
      says: 'the amplifier did not answer',
      cause: 'the cable to its board or relay is loose, or it has no power',
      remedy: 'check mains and cable of the amplifier and of its board or relay',
    },
    th: {
      says: 'เครื่องขยายเสียงไม่ตอบ',
      cause: 'สายไปบอร์ดหรือรีเลย์หลวม หรือเครื่องขยายเสียงไม่มีไฟ',
      remedy: 'ตรวจไฟและสายของเครื่องขยายเสียง บอร์ด และรีเลย์',
    },
  },
  'amplifier-stuck': {
    number: 411,
    en: {
      says: 'the amplifier stays on though it was switched off',
      cause: 'its relay is welded shut, somebody bridged it, or it is wired past the relay',
      remedy:
        'switch off the mains of the amplifier by hand; replace the relay; it is told to go off again each minute',
    },
    th: {
      says: 'เครื่องขยายเสียงไม่ยอมดับ ทั้งที่สั่งปิดแล้ว',
      cause: 'หน้าสัมผัสรีเลย์ติด มีผู้ต่อสายข้ามรีเลย์ หรือเดินสายไม่ผ่านรีเลย์',
      remedy: 'ปิดไฟเครื่องขยายเสียงด้วยมือ แล้วเปลี่ยนรีเลย์ ระบบสั่งปิดซ้ำทุกนาที',
    },
  },
  'amplifier-no-current': {
    number: 412,
    en: {
      says: 'the amplifier was switched on, but takes no power: nobody hears the tower',
      cause: 'its fuse is blown, its mains switch is off, or the relay does not close',
      remedy: 'check mains switch and fuse of the amplifier, then the relay; run diagnose, step amplifier',
    },
    th: {
      says: 'สั่งเปิดเครื่องขยายเสียงแล้วแต่ไม่กินไฟ ไม่มีใครได้ยินเสียง',
      cause: 'ฟิวส์ขาด สวิตช์ไฟปิดอยู่ หรือรีเลย์ไม่ต่อ',
      remedy: 'ตรวจสวิตช์ไฟและฟิวส์ของเครื่องขยายเสียง แล้วตรวจรีเลย์ด้วย diagnose ขั้นตอนเครื่องขยายเสียง',
    },
  },
  'amplifier-hot': {
    number: 413,
    en: {
      says: 'the amplifier is too hot: only alerts and ceremonies sound until it has cooled down',
      cause: 'its fan stands still, its vents are covered, or it was used for too long',
      remedy: 'clean the fan and the vents; see that nothing lies on it',
    },
    th: {
      says: 'เครื่องขยายเสียงร้อนเกินไป ออกเสียงเฉพาะการเตือนภัยและเพลงชาติจนกว่าจะเย็นลง',
      cause: 'พัดลมไม่หมุน ช่องลมถูกปิด หรือใช้งานนานเกินไป',
      remedy: 'ทำความสะอาดพัดลมและช่องลม อย่าวางของบนเครื่อง',
    },
  },
  'amplifier-fault': {
    number: 414,
    en: {
      says: 'the amplifier or its relay reports a fault',
      cause:
        'a short circuit or a cut in the loudspeaker line, low mains, or a relay that let go; the detail names it',
      remedy: 'check the loudspeaker line from the amplifier to the horns, then the mains',
    },
    th: {
      says: 'เครื่องขยายเสียงหรือรีเลย์แจ้งความผิดปกติ',
      cause: 'สายลำโพงลัดวงจรหรือขาด ไฟตก หรือรีเลย์หลุด ดูชื่ออาการในรายละเอียด',
      remedy: 'ตรวจสายลำโพงจากเครื่องขยายเสียงถึงลำโพงฮอร์น แล้วตรวจไฟเข้า',
    },
  },
  'panel-gone': {
    number: 501,
    en: {
      says: 'the line to the sign is gone or the sign is silent',
      cause: 'the cable is unplugged, or the sign has no power',
      remedy: 'check cable and mains of the sign; prakat panel lines shows what is plugged in',
    },
    th: {
      says: 'สายไปป้ายขาด หรือป้ายไม่ตอบ',
      cause: 'สายหลุด หรือป้ายไม่มีไฟ',
      remedy: 'ตรวจสายและไฟของป้าย ใช้ prakat panel lines ดูว่ามีอะไรเสียบอยู่',
    },
  },
  'panel-version': {
    number: 502,
    en: {
      says: 'the sign speaks another version',
      cause: 'its board is older or newer than this agent',
      remedy: 'update the board: prakat panel update',
    },
    th: {
      says: 'ป้ายใช้โปรโตคอลคนละรุ่น',
      cause: 'บอร์ดของป้ายเก่าหรือใหม่กว่าโปรแกรมในกล่อง',
      remedy: 'อัปเดตบอร์ดด้วย prakat panel update',
    },
  },
  'panel-other': {
    number: 503,
    en: {
      says: 'the sign is not of the size that the configuration says',
      cause: 'another sign was put up, or the configuration is wrong',
      remedy: 'correct board.panel in the configuration: prakat panel boards shows the size',
    },
    th: {
      says: 'ขนาดป้ายไม่ตรงกับที่ตั้งค่าไว้',
      cause: 'มีการเปลี่ยนป้าย หรือตั้งค่าผิด',
      remedy: 'แก้ board.panel ในไฟล์ตั้งค่า ดูขนาดด้วย prakat panel boards',
    },
  },
  'panel-differs': {
    number: 504,
    en: {
      says: 'the sign showed something else than it was sent',
      cause: 'disturbance on the cable, failing memory of the board, or another hand at it',
      remedy:
        'it is written anew by itself; if it comes often, check cable and earth, then replace the board',
    },
    th: {
      says: 'ป้ายแสดงไม่ตรงกับที่ส่ง',
      cause: 'มีสัญญาณรบกวนในสาย หน่วยความจำของบอร์ดเสีย หรือมีผู้อื่นสั่งบอร์ด',
      remedy: 'ระบบเขียนใหม่เอง หากเกิดบ่อยให้ตรวจสายและสายดิน แล้วเปลี่ยนบอร์ด',
    },
  },
  'panel-modules': {
    number: 505,
    en: {
      says: 'modules of the sign do not work',
      cause: 'a ribbon cable is loose, or a module is broken',
      remedy: 'take along modules and ribbon cables; the numbers are in the detail',
    },
    th: {
      says: 'โมดูลของป้ายเสีย',
      cause: 'สายแพหลวม หรือโมดูลเสีย',
      remedy: 'นำโมดูลและสายแพไปเปลี่ยน หมายเลขอยู่ในรายละเอียด',
    },
  },
  'panel-hot': {
    number: 506,
    en: {
      says: 'the sign is too hot',
      cause: 'its fan stands still, or the sun is on it',
      remedy: 'clean the fan and the vents; lower the brightness ceiling',
    },
    th: {
      says: 'ป้ายร้อนเกินไป',
      cause: 'พัดลมไม่หมุน หรือแดดส่องตรง',
      remedy: 'ทำความสะอาดพัดลมและช่องลม ลดเพดานความสว่าง',
    },
  },
  ...INPUT_WARNINGS,
  'update-failed': {
    number: 801,
    en: {
      says: 'a new version of the program did not work here; the one before runs',
      cause:
        'the version does not suit this box, or the box was broken already: the detail says what it did not do',
      remedy:
        'tell the province; the box tries it again after a day and after two, then waits for the next version',
    },
    th: {
      says: 'โปรแกรมรุ่นใหม่ใช้กับกล่องนี้ไม่ได้ กำลังใช้รุ่นเดิม',
      cause: 'รุ่นใหม่ไม่เข้ากับกล่องนี้ หรือกล่องมีปัญหาอยู่ก่อน ดูรายละเอียดว่าติดที่ใด',
      remedy: 'แจ้งจังหวัด กล่องจะลองใหม่หลังหนึ่งวันและสองวัน แล้วรอรุ่นถัดไป',
    },
  },
  'update-base': {
    number: 802,
    en: {
      says: 'the version that should run does not; an older one runs in its place',
      cause: 'its files are damaged on the card, or it ended five times in a row',
      remedy: 'if it comes again, change the card: prakat device backup, then restore on a new one',
    },
    th: {
      says: 'โปรแกรมรุ่นที่ควรทำงานเปิดไม่ได้ กำลังใช้รุ่นเก่าแทน',
      cause: 'ไฟล์ในการ์ดเสียหาย หรือโปรแกรมหยุดเองห้าครั้งติดกัน',
      remedy: 'หากเกิดซ้ำให้เปลี่ยนการ์ด: prakat device backup แล้วกู้คืนบนการ์ดใหม่',
    },
  },
} as const satisfies Record<string, WarningRow>;
export type WarningCode = keyof typeof WARNINGS;

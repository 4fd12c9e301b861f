import type { WarningRow } from './warning-row.ts';

const row = (number: number, en: [string, string, string], th: [string, string, string]): WarningRow => ({
  number,
  en: { says: en[0], cause: en[1], remedy: en[2] },
  th: { says: th[0], cause: th[1], remedy: th[2] },
});

/** 104 to 106, and 205 to 215: the line and the box, as the checks find them. Says, cause, remedy. */
export const BOX_WARNINGS = {
  'line-gone': row(
    104,
    [
      'the hall has had no line to the server for over an hour',
      'the mobile network, the SIM card, the router, or the server',
      'run diagnose: it walks the line step by step; the programme plays on meanwhile',
    ],
    [
      'หอไม่มีการเชื่อมต่อกับเซิร์ฟเวอร์เกินหนึ่งชั่วโมง',
      'เครือข่ายมือถือ ซิม เราเตอร์ หรือเซิร์ฟเวอร์ขัดข้อง',
      'ตรวจด้วย diagnose ซึ่งไล่ตรวจทีละขั้น ระหว่างนี้ผังรายการยังเล่นต่อ',
    ],
  ),
  deaf: row(
    105,
    [
      'the line is up, and nothing comes in over it',
      'the broker has forgotten this hall, or the line is half open',
      'the hall dials again by itself; if it stays, tell the province',
    ],
    ['เชื่อมต่ออยู่แต่ไม่ได้รับข้อความใดเลย', 'โบรกเกอร์ลืมหอนี้ หรือสายค้างครึ่งทาง', 'หอเชื่อมต่อใหม่เอง หากยังไม่หายให้แจ้งจังหวัด'],
  ),
  'signal-weak': row(
    106,
    [
      'the wireless signal is weak',
      'the antenna is behind metal or too low, or the access point is far',
      'move the antenna higher and away from metal, or lay a cable',
    ],
    [
      'สัญญาณไร้สายอ่อน',
      'เสาอากาศอยู่หลังโลหะหรือต่ำเกินไป หรืออยู่ไกลจุดกระจายสัญญาณ',
      'ย้ายเสาอากาศให้สูงและห่างจากโลหะ หรือเดินสาย',
    ],
  ),
  'box-busy': row(
    205,
    [
      'the processor has more to do than it can',
      'another program runs on the box, or it is slowed down for heat',
      'look with top which program it is; prakat itself needs a few percent',
    ],
    [
      'หน่วยประมวลผลทำงานไม่ทัน',
      'มีโปรแกรมอื่นทำงานอยู่ หรือเครื่องช้าลงเพราะร้อน',
      'ใช้ top ดูว่าเป็นโปรแกรมใด prakat ใช้เพียงไม่กี่เปอร์เซ็นต์',
    ],
  ),
  'memory-low': row(
    206,
    [
      'memory is nearly used up',
      'another program on the box, or a fault in this one',
      'restart the box; if it comes again, send the support bundle of diagnose',
    ],
    [
      'หน่วยความจำเกือบหมด',
      'มีโปรแกรมอื่นในกล่อง หรือโปรแกรมนี้ผิดพลาด',
      'เปิดเครื่องใหม่ หากเกิดซ้ำให้ส่งไฟล์ช่วยเหลือจาก diagnose',
    ],
  ),
  'box-hot': row(
    207,
    [
      'the box is too hot',
      'the fan stands still, the vents are closed, or it stands on the amplifier',
      'clean vents and fan, take it out of the sun and off the amplifier',
    ],
    [
      'กล่องร้อนเกินไป',
      'พัดลมไม่หมุน ช่องลมตัน หรือวางบนเครื่องขยายเสียง',
      'ทำความสะอาดช่องลมและพัดลม ย้ายออกจากแดดและเครื่องขยายเสียง',
    ],
  ),
  'under-voltage': row(
    208,
    [
      'the supply of the box is too weak',
      'a telephone charger, a long or thin cable, or too much on its USB ports',
      'use the supply made for the box (5.1 V, 3 A or more) and a short, thick cable',
    ],
    [
      'ไฟเลี้ยงของกล่องอ่อนเกินไป',
      'ใช้ที่ชาร์จโทรศัพท์ สายยาวหรือบาง หรือต่อ USB มากเกินไป',
      'ใช้แหล่งจ่ายไฟของกล่อง (5.1 V 3 A ขึ้นไป) กับสายสั้นและหนา',
    ],
  ),
  'box-slowed': row(
    209,
    [
      'the processor is slowed down',
      'heat or a weak supply',
      'see to the supply first, then to fan and vents',
    ],
    ['หน่วยประมวลผลถูกลดความเร็ว', 'ความร้อน หรือไฟเลี้ยงอ่อน', 'ตรวจไฟเลี้ยงก่อน แล้วตรวจพัดลมและช่องลม'],
  ),
  'disk-low': row(
    210,
    [
      'there is little room left on the card',
      'the card is small, or something else fills it',
      'delete what is not prakat: sudo journalctl --vacuum-size=50M; else a larger card',
    ],
    [
      'การ์ดเหลือพื้นที่น้อย',
      'การ์ดเล็ก หรือมีไฟล์อื่นใช้พื้นที่',
      'ลบสิ่งที่ไม่ใช่ของ prakat: sudo journalctl --vacuum-size=50M หรือใช้การ์ดที่ใหญ่กว่า',
    ],
  ),
  'card-failing': row(
    211,
    [
      'the card is failing',
      'it is worn out, or was damaged by a power cut',
      'let the reports go out, then replace the card and restore the backup',
    ],
    ['การ์ดกำลังเสีย', 'การ์ดเสื่อม หรือเสียหายจากไฟดับ', 'รอให้ส่งรายงานหมด แล้วเปลี่ยนการ์ดและกู้คืนข้อมูลสำรอง'],
  ),
  'card-worn': row(
    212,
    [
      'the card has lived most of its life',
      'years of writing',
      'take along a new card of an endurance kind at the next visit',
    ],
    ['การ์ดใกล้หมดอายุ', 'ใช้งานเขียนมาหลายปี', 'นำการ์ดชนิดทนทานไปเปลี่ยนในการเข้าตรวจครั้งหน้า'],
  ),
  'card-slow': row(
    213,
    [
      'the card takes seconds to write',
      'it is worn out, or of a poor kind',
      'replace it by a card of an endurance kind',
    ],
    ['การ์ดเขียนช้าเป็นวินาที', 'การ์ดเสื่อม หรือคุณภาพต่ำ', 'เปลี่ยนเป็นการ์ดชนิดทนทาน'],
  ),
  'descriptors-low': row(
    214,
    [
      'the agent has nearly as many files open as it may',
      'a fault in this program',
      'restart the agent and send the support bundle of diagnose',
    ],
    ['โปรแกรมเปิดไฟล์เกือบเต็มจำนวนที่อนุญาต', 'โปรแกรมนี้ผิดพลาด', 'เปิดโปรแกรมใหม่ แล้วส่งไฟล์ช่วยเหลือจาก diagnose'],
  ),
  'clock-unknown': row(
    215,
    [
      'the hall does not know the time: nothing plays by the programme',
      'no line, and no other clock that agrees',
      'mend the line; a board with a battery would carry the time over a loss of power',
    ],
    [
      'หอไม่รู้เวลา รายการตามผังจึงไม่เล่น',
      'ไม่มีการเชื่อมต่อ และไม่มีนาฬิกาอื่นที่ยืนยันได้',
      'แก้การเชื่อมต่อ บอร์ดที่มีถ่านจะเก็บเวลาไว้ได้เมื่อไฟดับ',
    ],
  ),
  'reports-waiting': row(
    216,
    [
      'many reports wait to be sent',
      'no line for weeks, or a server that does not receipt',
      'mend the line, or carry them on a stick: prakat stick',
    ],
    [
      'มีรายงานค้างส่งจำนวนมาก',
      'ไม่มีการเชื่อมต่อหลายสัปดาห์ หรือเซิร์ฟเวอร์ไม่ตอบรับ',
      'แก้การเชื่อมต่อ หรือนำออกด้วยแฟลชไดรฟ์ (prakat stick)',
    ],
  ),
};

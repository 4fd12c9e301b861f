import type { WarningRow } from './warning-row.ts';

const row = (number: number, en: [string, string, string], th: [string, string, string]): WarningRow => ({
  number,
  en: { says: en[0], cause: en[1], remedy: en[2] },
  th: { says: th[0], cause: th[1], remedy: th[2] },
});

/** 104 to 108, and 205 to 220: the line and the box, as the checks find them. Says, cause, remedy. */
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
  'mobile-weak': row(
    107,
    [
      'the mobile signal is weak: the line comes and goes',
      'the antenna is behind metal or too low, or the mast of this network is far',
      'move the antenna higher and away from metal, or use an outdoor one; try the SIM card of another network',
    ],
    [
      'สัญญาณมือถืออ่อน การเชื่อมต่อจะหลุดบ่อย',
      'เสาอากาศอยู่หลังโลหะหรือต่ำเกินไป หรือเสาสัญญาณของเครือข่ายนี้อยู่ไกล',
      'ย้ายเสาอากาศให้สูงและห่างจากโลหะ หรือใช้เสาอากาศภายนอกอาคาร ลองซิมของเครือข่ายอื่น',
    ],
  ),
  'line-slow': row(
    108,
    [
      'the line is very slow: orders and alerts come late',
      'a weak or crowded mobile network, or the data of the SIM card are used up',
      'look at the signal and move the antenna; ask the network whether the SIM card was slowed down',
    ],
    [
      'การเชื่อมต่อช้ามาก คำสั่งและการเตือนภัยมาถึงช้า',
      'สัญญาณมือถืออ่อนหรือมีผู้ใช้หนาแน่น หรือใช้อินเทอร์เน็ตของซิมครบโควตา',
      'ดูความแรงสัญญาณและย้ายเสาอากาศ ถามผู้ให้บริการว่าซิมถูกลดความเร็วหรือไม่',
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
      'delete what is not prakat: sudo journalctl --vacuum-size=50M; sudo apt-get clean; else a larger card',
    ],
    [
      'การ์ดเหลือพื้นที่น้อย',
      'การ์ดเล็ก หรือมีไฟล์อื่นใช้พื้นที่',
      'ลบสิ่งที่ไม่ใช่ของ prakat: sudo journalctl --vacuum-size=50M; sudo apt-get clean หรือใช้การ์ดที่ใหญ่กว่า',
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
      'mend the line to the server, or let the network pass NTP (UDP port 123); a board with a battery carries the time over a loss of power',
    ],
    [
      'หอไม่ทราบเวลา รายการตามผังจึงไม่เล่น',
      'ไม่มีการเชื่อมต่อ และไม่มีนาฬิกาอื่นที่ยืนยันได้',
      'แก้การเชื่อมต่อเซิร์ฟเวอร์ หรือเปิดให้เครือข่ายผ่าน NTP (UDP พอร์ต 123) บอร์ดที่มีถ่านจะเก็บเวลาไว้ได้เมื่อไฟดับ',
    ],
  ),
  'reports-waiting': row(
    216,
    [
      'reports wait to be sent, many or for long',
      'no line for days, or a server that does not receipt',
      'mend the line: they go out by themselves and none is lost; if the line works, tell the province',
    ],
    [
      'มีรายงานค้างส่งจำนวนมากหรือค้างมานาน',
      'ไม่มีการเชื่อมต่อหลายวัน หรือเซิร์ฟเวอร์ไม่ตอบรับ',
      'แก้การเชื่อมต่อ รายงานจะส่งเองและไม่สูญหาย หากเชื่อมต่ออยู่แล้วให้แจ้งจังหวัด',
    ],
  ),
  'under-voltage-before': row(
    217,
    [
      'the supply of the box was too weak since it was switched on',
      'a supply that is just enough, and not when the processor or something on USB wants more',
      'use the supply made for the box (5.1 V, 3 A or more) and a short, thick cable; then switch it off and on',
    ],
    [
      'ไฟเลี้ยงของกล่องเคยตกตั้งแต่เปิดเครื่อง',
      'แหล่งจ่ายไฟพอดีเกินไป เมื่อเครื่องหรืออุปกรณ์ USB ใช้ไฟมากจึงไม่พอ',
      'ใช้แหล่งจ่ายไฟของกล่อง (5.1 V 3 A ขึ้นไป) กับสายสั้นและหนา แล้วปิดเปิดเครื่อง',
    ],
  ),
  'card-read-only': row(
    218,
    [
      'the card was made read-only: nothing new is recorded',
      'the system met errors on it, as a rule after a power cut',
      'restart the box once; if it comes again, let the reports go out, replace the card and restore the backup',
    ],
    [
      'การ์ดถูกตั้งเป็นอ่านอย่างเดียว บันทึกอะไรใหม่ไม่ได้',
      'ระบบพบข้อผิดพลาดในการ์ด มักเกิดหลังไฟดับ',
      'เปิดเครื่องใหม่หนึ่งครั้ง หากเกิดซ้ำให้รอส่งรายงานหมด แล้วเปลี่ยนการ์ดและกู้คืนข้อมูลสำรอง',
    ],
  ),
  'memory-grows': row(
    219,
    [
      'the program takes more and more memory',
      'a fault in this program',
      'nothing plays worse yet; send the support bundle of diagnose, then restart the agent',
    ],
    [
      'โปรแกรมใช้หน่วยความจำเพิ่มขึ้นเรื่อย ๆ',
      'โปรแกรมนี้ผิดพลาด',
      'ยังใช้งานได้ตามปกติ ส่งไฟล์ช่วยเหลือจาก diagnose แล้วเปิดโปรแกรมใหม่',
    ],
  ),
  'files-of-another': row(
    220,
    [
      'there are files in the folder of the hall that its program may not use, or that others may read',
      'a command was given as root (sudo), or files were copied in by hand',
      'sudo chown -R --reference=/var/lib/prakat /var/lib/prakat; sudo chmod -R u+rwX,go= /var/lib/prakat; sudo systemctl restart prakat',
    ],
    [
      'ในโฟลเดอร์ของหอมีไฟล์ที่โปรแกรมใช้ไม่ได้ หรือที่ผู้อื่นอ่านได้',
      'มีผู้สั่งงานในนาม root (sudo) หรือคัดลอกไฟล์มาวางเอง',
      'สั่ง: sudo chown -R --reference=/var/lib/prakat /var/lib/prakat; sudo chmod -R u+rwX,go= /var/lib/prakat; sudo systemctl restart prakat',
    ],
  ),
};

import type { WarningRow } from './warning-row.ts';

/** What a hall may have to listen to. */
export type InputName = 'relay' | 'microphone';

/** 6xx: receiver and microphone. */
export const INPUT_WARNINGS = {
  'relay-gone': {
    number: 601,
    en: {
      says: 'the radio receiver cannot be heard',
      cause: 'the sound card of the line-in is unplugged, or another program holds it',
      remedy: 'check the cable and the USB sound card of the line-in; run diagnose, step inputs',
    },
    th: {
      says: 'รับเสียงจากวิทยุข่ายไม่ได้',
      cause: 'การ์ดเสียงช่อง line-in หลุด หรือโปรแกรมอื่นใช้อยู่',
      remedy: 'ตรวจสายและการ์ดเสียง USB ของช่อง line-in แล้วตรวจด้วย diagnose ขั้นตอนสัญญาณเข้า',
    },
  },
  'microphone-gone': {
    number: 602,
    en: {
      says: 'the microphone of the village cannot be heard',
      cause: 'the sound card of the microphone is unplugged, or another program holds it',
      remedy: 'check the cable and the USB sound card of the microphone; run diagnose, step inputs',
    },
    th: {
      says: 'รับเสียงจากไมโครโฟนประจำหมู่บ้านไม่ได้',
      cause: 'การ์ดเสียงของไมโครโฟนหลุด หรือโปรแกรมอื่นใช้อยู่',
      remedy: 'ตรวจสายและการ์ดเสียง USB ของไมโครโฟน แล้วตรวจด้วย diagnose ขั้นตอนสัญญาณเข้า',
    },
  },
  'relay-stuck': {
    number: 603,
    en: {
      says: 'the radio receiver was on for longer than allowed and was taken off the tower',
      cause: 'the squelch is open, a far transmitter is stuck, or the contact of the receiver does not open',
      remedy:
        'turn the squelch of the receiver up, or switch it off and on; it is heard again after it was silent once',
    },
    th: {
      says: 'วิทยุข่ายเปิดค้างเกินเวลาที่กำหนด จึงตัดออกจากหอกระจายข่าว',
      cause: 'สเควลช์เปิดค้าง เครื่องส่งต้นทางค้าง หรือหน้าสัมผัสของเครื่องรับค้าง',
      remedy: 'ปรับสเควลช์ของเครื่องรับขึ้น หรือปิดแล้วเปิดเครื่องรับใหม่ เมื่อเงียบแล้วจะใช้ได้อีก',
    },
  },
  'microphone-stuck': {
    number: 604,
    en: {
      says: 'the microphone was on for longer than allowed and was taken off the tower',
      cause: 'its key is stuck, or somebody forgot to switch it off',
      remedy: 'switch the microphone off; it is heard again when it is switched on',
    },
    th: {
      says: 'ไมโครโฟนเปิดค้างเกินเวลาที่กำหนด จึงตัดออกจากหอกระจายข่าว',
      cause: 'ปุ่มไมโครโฟนค้าง หรือลืมปิด',
      remedy: 'ปิดไมโครโฟน เมื่อเปิดใหม่จะใช้ได้อีก',
    },
  },
  'relay-contact-gone': {
    number: 605,
    en: {
      says: 'the contact of the radio receiver cannot be read',
      cause: 'the gpiod tools are missing, or another program uses the pin',
      remedy: 'install the package gpiod; compare the pin in the configuration with the wiring',
    },
    th: {
      says: 'อ่านหน้าสัมผัสของวิทยุข่ายไม่ได้',
      cause: 'ไม่มีโปรแกรม gpiod หรือโปรแกรมอื่นใช้ขานี้อยู่',
      remedy: 'ติดตั้งแพ็กเกจ gpiod และเทียบหมายเลขขาในการตั้งค่ากับสายที่ต่อจริง',
    },
  },
  'microphone-contact-gone': {
    number: 606,
    en: {
      says: 'the key of the microphone cannot be read',
      cause: 'the gpiod tools are missing, or another program uses the pin',
      remedy: 'install the package gpiod; compare the pin in the configuration with the wiring',
    },
    th: {
      says: 'อ่านปุ่มของไมโครโฟนไม่ได้',
      cause: 'ไม่มีโปรแกรม gpiod หรือโปรแกรมอื่นใช้ขานี้อยู่',
      remedy: 'ติดตั้งแพ็กเกจ gpiod และเทียบหมายเลขขาในการตั้งค่ากับสายที่ต่อจริง',
    },
  },
} as const satisfies Record<string, WarningRow>;

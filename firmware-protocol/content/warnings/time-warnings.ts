import type { WarningRow } from './warning-row.ts';

/** 203, 204: the clocks of the box. */
export const TIME_WARNINGS = {
  'clock-wrong': {
    number: 203,
    en: {
      says: 'the system clock disagrees with the server by more than a minute',
      cause: 'the network time service is blocked or lies',
      remedy: 'the hall goes by the server; let the network pass NTP (UDP port 123)',
    },
    th: {
      says: 'นาฬิกาของเครื่องผิดเกินหนึ่งนาที',
      cause: 'บริการเวลาบนเครือข่ายถูกปิดกั้นหรือให้เวลาผิด',
      remedy: 'หอใช้เวลาของเซิร์ฟเวอร์อยู่แล้ว ควรเปิดให้เครือข่ายผ่าน NTP (UDP พอร์ต 123)',
    },
  },
  'clocks-disagree': {
    number: 204,
    en: {
      says: 'a clock beside the known time is wrong by more than a minute',
      cause: 'the network time service lies, or the battery of the board is empty',
      remedy:
        'the detail names who is wrong; for the board replace its battery, for ntp tell whoever runs the network',
    },
    th: {
      says: 'นาฬิกาอื่นในกล่องต่างจากเวลาจริงเกินหนึ่งนาที',
      cause: 'บริการเวลาบนเครือข่ายให้เวลาผิด หรือถ่านของบอร์ดหมด',
      remedy: 'รายละเอียดบอกว่านาฬิกาใดผิด หากเป็นบอร์ดให้เปลี่ยนถ่าน หากเป็น ntp ให้แจ้งผู้ดูแลเครือข่าย',
    },
  },
} as const satisfies Record<string, WarningRow>;

import type { ErrorText } from './error-text.ts';

/** Ways the desk for alerts refuses; part of SERVER_ERRORS. */
export const ALERT_ERRORS = {
  'alert-not-xml': {
    status: 415,
    en: 'an alert is XML: say so with content-type: application/cap+xml',
    th: 'ประกาศเตือนต้องเป็น XML โดยระบุ content-type: application/cap+xml',
  },
  'alert-unknown': {
    status: 404,
    en: 'there is no alert {alert}',
    th: 'ไม่มีประกาศเตือน {alert}',
  },
  'alert-decided': {
    status: 409,
    en: 'this alert does not wait for a decision any more: {state}',
    th: 'ประกาศเตือนนี้ไม่ได้รอการตัดสินใจแล้ว: {state_th}',
  },
  'alert-nowhere': {
    status: 422,
    en: 'this alert reaches no village that is known; say where it is for',
    th: 'ประกาศเตือนนี้ไม่ครอบคลุมหมู่บ้านใดที่รู้จัก โปรดระบุพื้นที่',
  },
} as const satisfies Record<string, ErrorText>;

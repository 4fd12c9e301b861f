import type { ErrorText } from './error-text.ts';

/** Who may do what, and who says who somebody is. Part of SERVER_ERRORS. */
export const PEOPLE_ERRORS = {
  'not-authenticated': {
    status: 401,
    en: 'user name or password is wrong',
    th: 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง',
  },
  'not-allowed': {
    status: 403,
    en: 'an account with the role {role} may not do this',
    th: 'บัญชีที่มีบทบาท {role} ไม่มีสิทธิ์ทำรายการนี้',
  },
  'outside-scope': {
    status: 403,
    en: '{area} is outside the areas of this account',
    th: 'พื้นที่ {area} อยู่นอกเขตของบัญชีนี้',
  },
  'too-many-attempts': {
    status: 429,
    en: 'too many attempts; wait {seconds} seconds',
    th: 'ลองผิดหลายครั้งเกินไป โปรดรอ {seconds} วินาที',
  },
  'code-wrong': { status: 403, en: 'this code is not right', th: 'รหัสนี้ไม่ถูกต้อง' },
  'code-expired': {
    status: 410,
    en: 'this code is no longer valid; ask for a new one',
    th: 'รหัสนี้หมดอายุแล้ว โปรดขอรหัสใหม่',
  },
  'code-of-another': {
    status: 409,
    en: 'this code is for another hall: {device}',
    th: 'รหัสนี้เป็นของหออื่น: {device}',
  },
  'code-used': { status: 409, en: 'this code was used already', th: 'รหัสนี้ถูกใช้ไปแล้ว' },
  'password-weak': {
    status: 422,
    en: 'a password has {chars} to {most} characters and is not the user name',
    th: 'รหัสผ่านต้องยาว {chars} ถึง {most} ตัวอักษร และต้องไม่ใช่ชื่อผู้ใช้',
  },
  'name-taken': { status: 409, en: 'the name "{name}" is taken', th: 'ชื่อ "{name}" มีผู้ใช้แล้ว' },
  'name-invalid': {
    status: 422,
    en: 'a name has 3 to 32 of a-z, 0-9 and "-"',
    th: 'ชื่อต้องมี 3 ถึง 32 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
  },
  'unknown-operator': { status: 404, en: 'there is no operator "{user}"', th: 'ไม่มีผู้ใช้ชื่อ "{user}"' },
  'own-request': {
    status: 403,
    en: 'nobody approves what is his own: another person has to',
    th: 'อนุมัติคำขอของตนเองไม่ได้ ต้องให้ผู้อื่นอนุมัติ',
  },
  'not-waiting': {
    status: 409,
    en: 'this does not wait for a decision any more: {state}',
    th: 'รายการนี้ไม่ได้รอการตัดสินใจแล้ว: {state_th}',
  },
  'content-differs': {
    status: 409,
    en: 'what was approved is not what waits; read it again',
    th: 'เนื้อหาที่อนุมัติไม่ตรงกับที่รออยู่ โปรดอ่านอีกครั้ง',
  },
  'no-approver': {
    status: 409,
    en: 'this needs a second person, and no other account may approve it for {areas}: add one with the role approver, or allow one person alone there (approvals.alone)',
    th: 'รายการนี้ต้องมีผู้อนุมัติคนที่สอง แต่ยังไม่มีบัญชีอื่นที่อนุมัติได้สำหรับ {areas} ให้เพิ่มบัญชีบทบาท approver หรือตั้งค่าให้คนเดียวสั่งได้ในพื้นที่นั้น (approvals.alone)',
  },
  'step-up-needed': {
    status: 401,
    en: 'give your password again for this: ask "prove" first, then send this with its proof',
    th: 'ต้องยืนยันรหัสผ่านอีกครั้งสำหรับรายการนี้ ขอ "prove" ก่อน แล้วส่งพร้อม proof',
  },
  'signer-refused': {
    status: 403,
    en: 'no signing key of this server may sign this: {why}',
    th: 'ไม่มีกุญแจลงนามของเซิร์ฟเวอร์นี้ที่ลงนามเอกสารนี้ได้: {why_th}',
  },
  'signer-away': {
    status: 503,
    en: 'the signer does not answer; try again soon',
    th: 'ส่วนลงนามไม่ตอบ โปรดลองใหม่ในอีกสักครู่',
  },
  'unknown-key': { status: 404, en: 'there is no signing key "{key}"', th: 'ไม่มีกุญแจลงนามชื่อ "{key}"' },
  'passkey-refused': {
    status: 403,
    en: 'this passkey is not taken: it was made for something else, or took longer than two minutes',
    th: 'ใช้กุญแจยืนยันนี้ไม่ได้: สร้างไว้สำหรับเรื่องอื่น หรือใช้เวลาเกินสองนาที',
  },
  'passkey-unavailable': {
    status: 409,
    en: 'passkeys need the address of the server to be a name, over https (public.http)',
    th: 'การใช้กุญแจยืนยันต้องเปิดเซิร์ฟเวอร์ด้วยชื่อและผ่าน https (public.http)',
  },
  'passkeys-many': {
    status: 409,
    en: 'an account has at most {limit} passkeys; remove one first',
    th: 'บัญชีหนึ่งมีกุญแจยืนยันได้ไม่เกิน {limit} ดอก โปรดลบออกก่อน',
  },
  'step-up-wrong': {
    status: 403,
    en: 'the proof is not for this request, was used, or is older than {seconds} seconds',
    th: 'proof ไม่ใช่ของคำขอนี้ ถูกใช้ไปแล้ว หรือเกิน {seconds} วินาที',
  },
} as const satisfies Record<string, ErrorText>;

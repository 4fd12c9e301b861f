/**
 * The words of a server's configuration (the message of a `regex` or `refine` in server/config.ts and server/alerts/alert-policy.ts) in
 * Thai. A test holds this table against the schema.
 */
export const CONFIG_MESSAGES: Record<string, { code: string; th: string }> = {
  'lower case letters and digits, at most 16': {
    code: 'bad-name',
    th: 'ใช้ได้เฉพาะ a-z และ 0-9 ไม่เกิน 16 ตัว',
  },
  'names all servers, this one too': { code: 'missing', th: 'ต้องมีชื่อทุกเซิร์ฟเวอร์ รวมทั้งเครื่องนี้' },
  'one argument names {out}': { code: 'missing', th: 'ต้องมีหนึ่งรายการที่ระบุ {out}' },
  'either the url, or host, port, database and user': {
    code: 'wrong-place',
    th: 'ให้ระบุ url หรือ host, port, database และ user อย่างใดอย่างหนึ่ง',
  },
  'a password in an address is read by everybody who may read this file: password_file or password_env': {
    code: 'wrong-place',
    th: 'อย่าใส่รหัสผ่านในที่อยู่ เพราะทุกคนที่อ่านไฟล์นี้ได้จะเห็น ให้ใช้ password_file หรือ password_env',
  },
  'either password_file or password_env': {
    code: 'wrong-place',
    th: 'ให้ระบุ password_file หรือ password_env อย่างใดอย่างหนึ่ง',
  },
  'the name of a bucket': {
    code: 'bad-name',
    th: 'ชื่อ bucket ยาว 3 ถึง 63 ตัว ใช้ได้เฉพาะ a-z, 0-9, "." และ "-" ขึ้นต้นและลงท้ายด้วยตัวอักษรหรือตัวเลข',
  },
  'several servers share a PostgreSQL and a Mosquitto': {
    code: 'missing',
    th: 'หลายเซิร์ฟเวอร์ต้องใช้ PostgreSQL และ Mosquitto ร่วมกัน',
  },
  'name the address that devices use: public.http': {
    code: 'missing',
    th: 'ให้ระบุที่อยู่ที่หอใช้ติดต่อ (public.http)',
  },
  'name the address that devices use: public.broker': {
    code: 'missing',
    th: 'ให้ระบุที่อยู่ที่หอใช้ติดต่อ (public.broker)',
  },
  'say how its alerts are known: keys, from or both': {
    code: 'missing',
    th: 'ให้ระบุว่ารู้ได้อย่างไรว่าเป็นประกาศเตือนของผู้ส่งนี้: keys หรือ from หรือทั้งสองอย่าง',
  },
  'a sender has no blanks, commas, < or &': { code: 'bad-name', th: 'ชื่อผู้ส่งต้องไม่มีเว้นวรรค จุลภาค < หรือ &' },
  'a language besides Thai, as ISO 639 writes it: en, my, lo': {
    code: 'bad-name',
    th: 'ภาษาอื่นนอกจากไทย เขียนตาม ISO 639 เช่น en, my, lo',
  },
};

/**
 * The words of a hall's configuration (the message of a `regex` or `refine` in device/config/ and in the laws of a hall) in Thai: who
 * meets them is a technician in front of a box. A test holds this table against the schema.
 */
export const HALL_MESSAGES: Record<string, { code: string; th: string }> = {
  'a time of the day, as 21:00': { code: 'bad-time', th: 'ต้องเป็นเวลาของวัน เช่น 21:00' },
  'a time of the day, as 17:30': { code: 'bad-time', th: 'ต้องเป็นเวลาของวัน เช่น 17:30' },
  'at least one time of the day': { code: 'empty', th: 'ต้องมีเวลาของวันอย่างน้อยหนึ่งเวลา' },
  'a window ends at another time': { code: 'bad-time', th: 'เวลาสิ้นสุดต้องไม่ตรงกับเวลาเริ่ม' },
  'on_s is at most within_s': { code: 'too-big', th: 'on_s ต้องไม่มากกว่า within_s' },
  'close_dbfs is below open_dbfs': { code: 'too-big', th: 'close_dbfs ต้องต่ำกว่า open_dbfs' },
  'letters, digits and . _ + : -': { code: 'bad-name', th: 'ใช้ได้เฉพาะตัวอักษรอังกฤษ ตัวเลข และ . _ + : -' },
  'a line by number needs its chip: gpiochip0': {
    code: 'missing',
    th: 'เมื่อระบุขาเป็นตัวเลข ต้องระบุ chip ด้วย เช่น gpiochip0',
  },
  'as /dev/ttyUSB0 or serial:1a86:7523': {
    code: 'bad-line',
    th: 'ให้เขียนแบบ /dev/ttyUSB0 หรือ serial:1a86:7523',
  },
  'a line is tcp:host:port, or /dev/name, serial:VID:PID[:SERIAL] or board:ID, each with or without @baud': {
    code: 'bad-line',
    th: 'สายต้องเขียนแบบ tcp:ชื่อเครื่อง:พอร์ต, /dev/ชื่อ, serial:VID:PID[:SERIAL] หรือ board:รหัส และต่อท้ายด้วย @อัตรา ได้',
  },
  'name one address of the box; the page is not for every network': {
    code: 'bad-address',
    th: 'ให้ระบุที่อยู่หนึ่งของกล่องนี้ หน้านี้ไม่เปิดให้ทุกเครือข่าย',
  },
  'one letter, digit or mark': { code: 'bad-letter', th: 'ต้องเป็นตัวอักษรอังกฤษ ตัวเลข หรือเครื่องหมายหนึ่งตัว' },
  'two of 0-9 and A-F': { code: 'bad-address', th: 'ต้องเป็น 0-9 หรือ A-F สองตัว' },
  'a hall has one sign: board.panel or sign': {
    code: 'wrong-place',
    th: 'หอหนึ่งมีป้ายเดียว ให้ระบุ board.panel หรือ sign อย่างใดอย่างหนึ่ง',
  },
  'the amplifier hangs on a board, and none is configured': {
    code: 'missing',
    th: 'เครื่องขยายเสียงต่อกับบอร์ด แต่ยังไม่ได้ระบุบอร์ด (board)',
  },
};

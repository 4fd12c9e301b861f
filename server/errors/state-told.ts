/** How what no longer waits for a decision stands, in Thai: of an order or programme that was held, and of an alert of an agency. */
const THAI: Record<string, string> = {
  decided: 'ตัดสินแล้ว',
  approved: 'อนุมัติแล้ว',
  failed: 'อนุมัติแล้วแต่ส่งไม่ได้',
  refused: 'ถูกปฏิเสธ',
  recorded: 'เก็บไว้ ไม่ออกเสียง',
  sending: 'กำลังส่ง',
  live: 'มีผลอยู่',
  cancelled: 'หน่วยงานยกเลิก',
  replaced: 'มีฉบับใหม่แทน',
  expired: 'หมดเวลา',
  rejected: 'ไม่อนุมัติ',
  done: 'ยกเลิกตามที่หน่วยงานสั่งแล้ว',
};

/** Context of `not-waiting` and `alert-decided`. */
export function stateTold(state: string): { state: string; state_th: string } {
  return { state, state_th: THAI[state] ?? state };
}

import { type Finding, found, plain } from './finding.ts';

/** A server that takes longer to tell the time has trouble of its own. */
const SLOW_MS = 3_000;

export function trip(serverMs: number, brokerMs?: number): Finding {
  const broker = brokerMs === undefined ? '' : `, broker ${Math.round(brokerMs)} ms`;
  const figure = plain(`${Math.round(serverMs)} ms${broker}`);
  if (serverMs <= SLOW_MS) return found('round-trip', 'ok', { figure });
  return found('round-trip', 'warn', {
    figure,
    cause: { en: 'the line is very slow', th: 'เครือข่ายช้ามาก' },
    remedy: {
      en: 'look at the signal of the modem; move its antenna',
      th: 'ดูความแรงสัญญาณของโมเด็ม ลองย้ายเสาอากาศ',
    },
  });
}

export function noServer(brokerMs?: number): Finding {
  return found('round-trip', 'fail', {
    ...(brokerMs !== undefined && { figure: plain(`broker ${Math.round(brokerMs)} ms`) }),
    cause: {
      en: 'the broker works, and the server behind it does not answer this hall',
      th: 'โบรกเกอร์ทำงาน แต่เซิร์ฟเวอร์ไม่ตอบหอนี้',
    },
    remedy: {
      en: 'tell the province that its server is silent; nothing can be done at the hall',
      th: 'แจ้งจังหวัดว่าเซิร์ฟเวอร์ไม่ตอบ ที่หอแก้ไม่ได้',
    },
  });
}

import { SLOW_LINE } from '../../../device/health/checks/hall-checks.ts';
import type { Words } from '../../cli/words.ts';
import { causeAndRemedy } from './cause-and-remedy.ts';
import { type Finding, found, plain } from './finding.ts';

export function trip(serverMs: number, brokerMs?: number): Finding {
  const figure = figureOf(serverMs, brokerMs);
  if (serverMs <= SLOW_LINE.raised) return found('round-trip', 'ok', { figure });
  return found('round-trip', 'warn', { figure, ...causeAndRemedy('line-slow') });
}

export function noServer(brokerMs?: number): Finding {
  return found('round-trip', 'fail', {
    ...(brokerMs !== undefined && { figure: brokerIn(brokerMs) }),
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

function figureOf(serverMs: number, brokerMs: number | undefined): Words {
  const server = `${Math.round(serverMs)} ms`;
  if (brokerMs === undefined) return plain(server);
  const { en, th } = brokerIn(brokerMs);
  return { en: `${server}, ${en}`, th: `${server}, ${th}` };
}

function brokerIn(ms: number): Words {
  return { en: `broker ${Math.round(ms)} ms`, th: `โบรกเกอร์ ${Math.round(ms)} ms` };
}

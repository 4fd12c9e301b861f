import { epochMsOf } from '../../../../firmware-protocol/content/instant.ts';
import { when } from '../../../cli/when.ts';
import { type Finding, found, skippedFor } from '../finding.ts';
import type { Visit } from '../visit.ts';

const HOURS = 24;

/** Whether the hall has something to say by itself, and what comes next. */
export async function lookAtProgramme({ agent, running }: Visit): Promise<Finding> {
  if (running === undefined) return skippedFor('programme', 'agent');
  const { programmes } = running.state.state;
  // With a line it would have come: the province made none, which is its affair.
  if (programmes.length === 0 && running.link.connected)
    return found('programme', 'ok', {
      figure: { en: 'none: speaks when it is told to', th: 'ไม่มี ออกเสียงเมื่อมีคำสั่ง' },
    });
  if (programmes.length === 0)
    return found('programme', 'warn', {
      cause: {
        en: 'no programme has come yet: the hall speaks only when it is told to',
        th: 'ยังไม่ได้รับผังรายการ หอจะออกเสียงเฉพาะเมื่อมีคำสั่ง',
      },
      remedy: {
        en: 'mend the line, or bring the programme on a USB stick; then ask the province whether it made one',
        th: 'แก้การเชื่อมต่อ หรือนำผังรายการมาด้วยแฟลชไดรฟ์ แล้วถามจังหวัดว่าจัดผังไว้หรือไม่',
      },
    });
  const { plan, from } = await agent.ask('next', { hours: HOURS });
  const next = plan.find(
    ({ starts, verdict }) => verdict !== 'loses' && epochMsOf(starts) >= epochMsOf(from),
  );
  const areas = programmes.map(({ area, version }) => `${area}/${version}`).join(' ');
  if (next === undefined)
    return found('programme', 'ok', {
      figure: { en: `${areas}; nothing within ${HOURS} h`, th: `${areas} ไม่มีรายการใน ${HOURS} ชั่วโมง` },
    });
  const { starts, title } = next;
  return found('programme', 'ok', {
    figure: {
      en: `${areas}; next ${when(starts, 'en')} ${title}`,
      th: `${areas} ถัดไป ${when(starts, 'th')} ${title}`,
    },
  });
}

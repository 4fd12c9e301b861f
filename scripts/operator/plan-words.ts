import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { counted } from '../cli/counted.ts';
import { when } from '../cli/when.ts';
import type { Lang, Words } from '../cli/words.ts';

type Plan = AnswerTo<'plan'>;

/** More lines than this are not read before sending. */
const MEETS_SHOWN = 10;

const WHAT: Record<Plan['meets'][number]['what'], Words> = {
  cut: { en: 'is cut', th: 'ถูกแทรก' },
  'goes-first': { en: 'goes first', th: 'ได้ออกก่อน' },
};

/** What a push would meet, line by line, before anybody sends it. */
export function planWords(plan: Plan, lang: Lang): string[] {
  const { halls, online, away, airtime_ms, without, quiet, meets, programmes_left_out: unseen } = plan;
  const text = ({ en, th }: Words) => (lang === 'th' ? th : en);
  const seconds = (ms: number) => Math.ceil(ms / 1_000);
  const lines: (Words | false)[] = [
    {
      en: `${counted(halls, 'hall')}: ${online} online, ${away} away`,
      th: `${halls} หอ: ติดต่อได้ ${online} ติดต่อไม่ได้ ${away}`,
    },
    {
      en: `${seconds(airtime_ms.tower)} s on the tower, ${seconds(airtime_ms.panel)} s on the sign`,
      th: `เสียง ${seconds(airtime_ms.tower)} วินาที ป้าย ${seconds(airtime_ms.panel)} วินาที`,
    },
    without.tower > 0 && {
      en: `no tower that works: ${counted(without.tower, 'hall')}`,
      th: `${without.tower} หอไม่มีเสียงที่ใช้งานได้`,
    },
    without.panel > 0 && {
      en: `no sign that works: ${counted(without.panel, 'hall')}`,
      th: `${without.panel} หอไม่มีป้ายที่ใช้งานได้`,
    },
    quiet > 0 && {
      en: `the sound will be refused, quiet hours: ${counted(quiet, 'hall')}`,
      th: `${quiet} หอจะไม่ออกเสียง เพราะอยู่ในเวลางดใช้เสียง`,
    },
  ];
  const met = meets
    .slice(0, MEETS_SHOWN)
    .map(({ area, title, starts, what }) => `${when(starts, lang)}  ${area}  ${title}  ${text(WHAT[what])}`);
  const more = meets.length - met.length;
  const rest = more > 0 ? [text({ en: `… and ${more} more`, th: `… และอีก ${more} รายการ` })] : [];
  const last = text({
    en: `${unseen} programmes of smaller areas were not looked at`,
    th: `ไม่ได้ตรวจผังรายการของพื้นที่ย่อยอีก ${unseen} แห่ง`,
  });
  return [
    ...lines.flatMap((line) => (line === false ? [] : [text(line)])),
    ...met,
    ...rest,
    ...(unseen > 0 ? [last] : []),
  ];
}

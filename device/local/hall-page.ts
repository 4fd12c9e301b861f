import { createHash } from 'node:crypto';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { thaiTime } from '../../firmware-protocol/content/thai-clock.ts';
import { updateDetail } from '../../firmware-protocol/content/warnings/update-reasons.ts';
import type { LinkState } from '../../firmware-protocol/local/verbs.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { OUTPUT_WORDS, TRUST_WORDS } from '../../firmware-protocol/mqtt/play-words.ts';
import type { ExplainedCheck } from '../health/checks/explained-check.ts';
import { eventTh, VERDICTS_TH, warningRow } from './page-words.ts';
import type { Plan } from './plan-ahead.ts';
import type { RecentEvent } from './recent-events.ts';

const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{font:17px/1.55 "Noto Sans Thai","Leelawadee UI",Thonburi,sans-serif;margin:0 auto;padding:1rem;max-width:42rem;
color:#1b1f24;background:#fff;overflow-wrap:anywhere}
h1{font-size:1.35rem;margin:0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
p{margin:.3rem 0}ul{list-style:none;margin:0;padding:0}li{padding:.5rem 0;border-top:1px solid #d0d7de}
small{color:#59636e}.box{border-radius:.6rem;padding:.7rem .9rem;margin:.8rem 0}
.good{background:#dafbe1;color:#0f5323}.bad{background:#ffebe9;color:#82071e}.bad small{color:#82071e}
time{font-variant-numeric:tabular-nums;font-weight:600}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}small{color:#9198a1}
li{border-color:#30363d}.good{background:#12331c;color:#aff5b4}.bad,.bad small{background:#3c1618;color:#ffdcd7}}`;

/** Nothing from elsewhere, no script at all, no form, in no frame, and no style but this one. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  'cache-control': 'no-store',
  // The address is the key: it goes to nobody with a click.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const REFRESH_SECONDS = 30;
const MOST_EVENTS = 15;
const MOST_PLANNED = 60;

const DAY = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { dateStyle: 'medium', timeZone: 'Asia/Bangkok' });
const WEEKDAY = new Intl.DateTimeFormat('th-TH', { weekday: 'short', timeZone: 'Asia/Bangkok' });

export interface PageFacts {
  place: string;
  device: string;
  now: number;
  state: DeviceState;
  /** What was said with a warning, by its code. */
  details: Record<string, string>;
  link: LinkState;
  plan: Plan;
  events: RecentEvent[];
  /** Of the last minute. */
  checks: ExplainedCheck[];
}

/** What the hall is and will be doing, for a phone, without a script. Reads only; holds nothing that a passer-by may not know. */
export function hallPage({
  place,
  device,
  now,
  state,
  details,
  link,
  plan,
  events,
  checks,
}: PageFacts): string {
  return `<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}"><meta name="robots" content="noindex">
<title>หอกระจายข่าว ${escaped(place)}</title><style>${STYLE}</style></head><body>
<h1>หอกระจายข่าว ${escaped(place)}</h1>
<p><small>${escaped(device)} · หมู่บ้าน ${escaped(state.village)} · ${DAY.format(now)} ${thaiTime(now)}</small></p>
${conditionOf(state, details, checks)}
<h2>ขณะนี้</h2><ul>${outputsOf(state)}
<li>${link.connected ? 'เชื่อมต่อเซิร์ฟเวอร์อยู่' : 'ขาดการเชื่อมต่อเซิร์ฟเวอร์ ผังรายการยังเล่นได้'}</li>
<li>นาฬิกา: ${TRUST_WORDS[state.trust].th}</li>
<li>รายงานที่รอส่ง: ${link.reports_waiting}</li>
${checkedOf(checks)}</ul>
<h2>24 ชั่วโมงข้างหน้า</h2><ul>${plannedOf(plan) || '<li>ไม่มีรายการ</li>'}</ul>
<h2>เหตุการณ์ล่าสุด</h2><ul>${eventsOf(events) || '<li>ยังไม่มี</li>'}</ul>
<p><small>prakat ${escaped(state.version)} · หน้านี้ดูได้อย่างเดียว ปรับปรุงเองทุก ${REFRESH_SECONDS} วินาที</small></p>
</body></html>
`;
}

function conditionOf(
  { warnings, outputs }: DeviceState,
  details: PageFacts['details'],
  checks: ExplainedCheck[],
): string {
  const broken = Object.entries(outputs).flatMap(([output, each]) =>
    each?.works === false ? [OUTPUT_WORDS[output === 'panel' ? 'panel' : 'tower'].th] : [],
  );
  if (warnings.length === 0 && broken.length === 0)
    return '<p class="box good"><strong>ใช้งานได้ปกติ</strong></p>';
  const heads = broken.map((name) => `<p><strong>${name}ใช้งานไม่ได้</strong></p>`);
  return `<div class="box bad">${[...heads, ...warnings.map((code) => warningOf(code, details[code], checks))].join('\n')}</div>`;
}

function warningOf(code: string, detail: string | undefined, checks: ExplainedCheck[]): string {
  const row = warningRow(code);
  if (row === undefined) return `<p><strong>${escaped(code)}</strong></p>`;
  const { says, cause, remedy } = row.th;
  const isFigure = checks.some(({ check }) => detail?.startsWith(`${check}: `));
  const measured = checks
    .filter(({ warning, result, limit }) => warning === row.number && result === 'bad' && limit !== '-')
    .map(
      ({ figure_th, limit_th }) => `<br>วัดได้ ${escaped(figure_th ?? '')} (เกณฑ์ ${escaped(limit_th ?? '')})`,
    );
  if (!isFigure && detail !== undefined) measured.push(`<br>รายละเอียด: ${escaped(updateDetail(detail).th)}`);
  return `<p><strong>${row.number} ${says}</strong>${measured.join('')}<br><small>สาเหตุที่พบบ่อย: ${cause}</small><br>ควรทำ: ${remedy}</p>`;
}

/** Nothing where nobody looks at the box. */
function checkedOf(checks: ExplainedCheck[]): string {
  if (checks.length === 0) return '';
  const of = (which: ExplainedCheck['result']) => checks.filter(({ result }) => result === which).length;
  return `<li>ตรวจทุกนาที: ปกติ ${of('ok')} ผิดปกติ ${of('bad')} วัดไม่ได้ ${of('not-known')}</li>`;
}

function outputsOf({ outputs }: DeviceState): string {
  return (['tower', 'panel'] as const)
    .flatMap((output) => {
      const each = outputs[output];
      if (each === undefined) return [];
      const doing = each.play === undefined ? 'ว่าง' : `กำลังออก: ${escaped(each.title ?? each.play)}`;
      return [`<li>${OUTPUT_WORDS[output].th}: ${each.works ? doing : 'ใช้งานไม่ได้'}</li>`];
    })
    .join('\n');
}

function plannedOf({ plan }: Plan): string {
  return plan
    .slice(0, MOST_PLANNED)
    .map(({ starts, title, output, verdict }) => {
      const at = epochMsOf(starts);
      return `<li><time>${dayTime(at)}</time> ${escaped(title)}<br><small>${OUTPUT_WORDS[output].th} · ${VERDICTS_TH[verdict]}</small></li>`;
    })
    .join('\n');
}

function eventsOf(events: RecentEvent[]): string {
  const titles = new Map(
    events.flatMap(({ event }) => (event.type === 'started' ? [[event.play, event.title] as const] : [])),
  );
  return [...events]
    .reverse()
    .flatMap(({ at, event }) => {
      const said = eventTh(event, (play) => titles.get(play));
      return said === undefined ? [] : [`<li><time>${dayTime(epochMsOf(at))}</time> ${escaped(said)}</li>`];
    })
    .slice(0, MOST_EVENTS)
    .join('\n');
}

function dayTime(epochMs: number): string {
  return `${WEEKDAY.format(epochMs)} ${thaiTime(epochMs)}`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

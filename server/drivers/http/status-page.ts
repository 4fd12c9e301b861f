import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import { isPlayOrder, type OrderKind } from '../../../firmware-protocol/content/order.ts';
import type { OrderState } from '../../../firmware-protocol/mqtt/order-requests.ts';
import type { FleetRow, OperatorIdentity, RecentOrder } from '../../ports.ts';
import { pagePolicy } from './plain-page.ts';

const STYLE = `body{font:16px/1.5 "Noto Sans Thai",sans-serif;margin:2rem;max-width:70rem;color:#1b1f24}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem;border-bottom:1px solid #d0d7de}
small{color:#59636e}.online{color:#1a7f37}.offline{color:#b42318}.warns{color:#9a6700}`;

export const PAGE_POLICY = pagePolicy(STYLE);

const REFRESH_SECONDS = 5;
/** More than a person reads; the console finds a hall among 75,000. */
export const HALLS_SHOWN = 500;

/** With the seconds: the page is made anew every few of them. */
const IN_THAILAND = { timeStyle: 'medium', timeZone: 'Asia/Bangkok' } as const;
const LONG = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { dateStyle: 'long', ...IN_THAILAND });
const SHORT = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { dateStyle: 'medium', ...IN_THAILAND });

/** What the server knows of the halls and the last orders, for whoever opens its address: no more than that. */
export function statusPage(
  reader: OperatorIdentity,
  devices: FleetRow[],
  orders: RecentOrder[],
  now: Date,
): string {
  const time = LONG.format(now);
  return `<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<meta name="viewport" content="width=device-width"><title>prakat ประกาศ</title><style>${STYLE}</style></head>
<body><h1>ประกาศ <small>prakat</small></h1>
<p>${escaped(time)} · ${escaped(reader.user)} (${reader.roles.join(', ')}) · ${reader.areas.map(escaped).join(', ')}</p>
<table><thead><tr><th>หอกระจายข่าว<br><small>hall</small></th><th>หมู่บ้าน<br><small>village</small></th>
<th>สถานะ<br><small>state</small></th><th>เสียง<br><small>tower</small></th><th>ป้าย<br><small>sign</small></th>
<th>รายงานที่เก็บแล้ว<br><small>reports stored</small></th></tr></thead>
<tbody>${devices.slice(0, HALLS_SHOWN).map(rowOf).join('\n') || EMPTY}${devices.length > HALLS_SHOWN ? MORE : ''}</tbody></table>
<h2>คำสั่งล่าสุด <small>last orders</small></h2>
<table><thead><tr><th>เวลา<br><small>time</small></th><th>คำสั่ง<br><small>order</small></th>
<th>ผู้สั่ง<br><small>by</small></th><th>ผลของหอกระจายข่าว<br><small>halls</small></th></tr></thead>
<tbody>${orders.map(orderRowOf).join('\n') || NO_ORDERS}</tbody></table></body></html>
`;
}

const EMPTY = '<tr><td colspan="6">ยังไม่มีหอที่ลงทะเบียน <small>no device is enrolled</small></td></tr>';

const MORE = `<tr><td colspan="6">แสดง ${HALLS_SHOWN} หอแรก ดูหออื่นได้ที่ <a href="/console/">หน้าควบคุม</a>
<small>the first ${HALLS_SHOWN} halls are shown; others in the console</small></td></tr>`;

function rowOf(row: FleetRow): string {
  const { device, name, village, state, presence, reports_stored } = row;
  const warnings = state?.warnings.map(escaped).join(', ') ?? '';
  return `<tr><td>${escaped(name)}<br><small>${escaped(device)}</small></td><td>${escaped(village)}</td>
<td>${presenceOf(presence?.state)}${warnings && `<br><small class="warns">${warnings}</small>`}</td>
<td>${outputOf(state?.outputs.tower)}</td><td>${outputOf(state?.outputs.panel)}</td><td>${reports_stored}</td></tr>`;
}

const NO_ORDERS = '<tr><td colspan="4">ยังไม่มีคำสั่ง <small>no order yet</small></td></tr>';

const KINDS: Record<OrderKind, string> = {
  announce: 'ประกาศ <small>announcement</small>',
  alert: 'เตือนภัย <small>alert</small>',
  test: 'ทดสอบ <small>test</small>',
  stop: 'สั่งหยุด <small>stop</small>',
  'all-clear': 'ยกเลิกการเตือนภัย <small>all-clear</small>',
};
const STATES: [OrderState, string][] = [
  ['waiting', 'รอส่ง <small>waiting</small>'],
  ['sent', 'ส่งแล้ว รอตอบ <small>sent</small>'],
  ['accepted', 'รับคำสั่งแล้ว <small>accepted</small>'],
  ['playing', 'กำลังดำเนินการ <small>playing</small>'],
  ['ended', 'จบแล้ว <small>ended</small>'],
  ['refused', 'ปฏิเสธ <small>refused</small>'],
  ['expired', 'หมดอายุก่อนตอบ <small>expired</small>'],
];

function orderRowOf({ order, halls }: RecentOrder): string {
  const title = isPlayOrder(order) ? `<br>${escaped(order.announcement.title)}` : '';
  const answers = STATES.flatMap(([state, words]) => (halls[state] ? `${halls[state]} ${words}` : []));
  return `<tr><td>${escaped(SHORT.format(epochMsOf(order.issued_at)))}</td><td>${KINDS[order.kind]}${title}</td>
<td>${escaped(order.by)}</td><td>${answers.join('<br>')}</td></tr>`;
}

function presenceOf(state: 'online' | 'offline' | undefined): string {
  if (state === 'online') return '<span class="online">ออนไลน์</span> <small>online</small>';
  if (state === 'offline') return '<span class="offline">ออฟไลน์</span> <small>offline</small>';
  return 'ไม่ทราบ <small>not known</small>';
}

function outputOf(
  output: { works: boolean; title?: string | undefined; play?: string | undefined } | undefined,
): string {
  if (output === undefined) return 'ไม่ทราบ <small>not known</small>';
  if (!output.works) return '<span class="offline">ใช้ไม่ได้</span> <small>not working</small>';
  return output.play === undefined ? 'ว่าง <small>idle</small>' : escaped(output.title ?? output.play);
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

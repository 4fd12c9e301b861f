import { createHash } from 'node:crypto';
import type { FleetRow, OperatorIdentity } from '../ports.ts';

const STYLE = `body{font:16px/1.5 "Noto Sans Thai",sans-serif;margin:2rem;max-width:70rem;color:#1b1f24}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem;border-bottom:1px solid #d0d7de}
small{color:#59636e}.online{color:#1a7f37}.offline{color:#b42318}.warns{color:#9a6700}`;

/** Nothing from elsewhere, no script at all, and no style but this one. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const REFRESH_SECONDS = 5;

/** What the server knows of the halls, for whoever opens its address: no more than that. */
export function statusPage(reader: OperatorIdentity, devices: FleetRow[], now: Date): string {
  const time = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'Asia/Bangkok',
  }).format(now);
  return `<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<meta name="viewport" content="width=device-width"><title>prakat ประกาศ</title><style>${STYLE}</style></head>
<body><h1>ประกาศ <small>prakat</small></h1>
<p>${escaped(time)} · ${escaped(reader.user)} (${reader.role}) · ${reader.areas.map(escaped).join(', ')}</p>
<table><thead><tr><th>หอกระจายข่าว<br><small>hall</small></th><th>หมู่บ้าน<br><small>village</small></th>
<th>สถานะ<br><small>state</small></th><th>เสียง<br><small>tower</small></th><th>ป้าย<br><small>sign</small></th>
<th>รายงานที่เก็บแล้ว<br><small>reports stored</small></th></tr></thead>
<tbody>${devices.map(rowOf).join('\n') || EMPTY}</tbody></table></body></html>
`;
}

const EMPTY = '<tr><td colspan="6">ยังไม่มีอุปกรณ์ที่ลงทะเบียน <small>no device is enrolled</small></td></tr>';

function rowOf(row: FleetRow): string {
  const { device, name, village, state, presence, reports_stored } = row;
  const warnings = state?.warnings.map(escaped).join(', ') ?? '';
  return `<tr><td>${escaped(name)}<br><small>${escaped(device)}</small></td><td>${escaped(village)}</td>
<td>${presenceOf(presence?.state)}${warnings && `<br><small class="warns">${warnings}</small>`}</td>
<td>${outputOf(state?.outputs.tower)}</td><td>${outputOf(state?.outputs.panel)}</td><td>${reports_stored}</td></tr>`;
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

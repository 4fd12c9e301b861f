import { expect, test } from 'vitest';
import { explain } from '../../../device/health/checks/explained-check.ts';
import { hallPage } from '../../../device/local/hall-page.ts';
import { planAhead } from '../../../device/local/plan-ahead.ts';
import type { WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';

const STATE = {
  ...{ boot: 3, version: '0.1.0', village: '43010102', trust: 'server' as const, boot_nonce: 'x', keys: 1 },
  ...{ programmes: [], outputs: { tower: { works: true } } },
};
const raised = new Map<WarningCode, string>([['relay-stuck', 'on for 1800 s <b>']]);
const CHECKS = explain(
  {
    machine: { temperatureC: 83, diskFreeBytes: 9e9 },
    parts: { tower: { works: true }, inputs: [{ name: 'relay', there: true, open: true }] },
  },
  (code) => (raised.has(code) ? { detail: raised.get(code) } : undefined),
);

test('a warning stands on the page with what was measured, beside its limit; how many are well, and what is not known', () => {
  const html = hallPage({
    ...{ place: 'บ้านเสาเล้า', device: 'hall-1', now: Date.parse('2026-11-26T08:00:00+07:00') },
    state: { ...STATE, warnings: ['box-hot', 'relay-stuck', 'update-failed'] },
    details: { 'relay-stuck': 'on for 1800 s <b>', 'update-failed': '0.9.2: starts-used-up' },
    link: { broker: 'b', connected: true, reports_waiting: 0 },
    ...{ plan: planAhead([], 0, 24), events: [], checks: CHECKS },
  });
  expect(html).toContain('207 กล่องร้อนเกินไป</strong><br>วัดได้ 83 °C (เกณฑ์ ≤ 80 °C)');
  // What its owner said of it is not said twice, nor shown as it came.
  expect(html.split('วิทยุข่ายเปิดค้าง')).toHaveLength(2);
  expect(html).not.toContain('<b>');
  expect(html.split('on for 1800 s')).toHaveLength(2);
  // "See the detail", says this one: there it is.
  expect(html).toContain('รายละเอียด: 0.9.2: หยุดเองซ้ำ ๆ ก่อนผ่านการทดลอง');
  expect(html).toMatch(/ตรวจทุกนาที: ปกติ 2 ผิดปกติ 2 วัดไม่ได้ \d+/);
});

import { describe, expect, it } from 'vitest';
import { type Finding, STEPS, type StepId, worstOf } from '../../../scripts/technician/diagnose/finding.ts';
import {
  resultText,
  TEXT_LIMIT,
  type VisitResult,
} from '../../../scripts/technician/diagnose/result/result.ts';

const words = { en: 'the cable is loose', th: 'สายหลวม' };

function resultWith(findings: Finding[], page?: string): VisitResult {
  return {
    ...{ format: 1, device: 'hall-1', village: '43010102', place: 'บ้านเสาเล้า', version: '0.1.0' },
    ...{
      at: '2026-11-26T22:15:00.000+07:00',
      agent: 'running',
      worst: worstOf(findings),
      ...(page && { page }),
    },
    findings: findings.map((finding) => ({ ...finding, ...STEPS[finding.step] })),
  };
}

const everyStep = (result: Finding['result']): Finding[] =>
  (Object.keys(STEPS) as StepId[]).map((step) => ({
    ...{ step, result, figure: words },
    ...(result === 'fail' && { cause: { en: 'c'.repeat(80), th: 'ก'.repeat(80) }, remedy: words }),
  }));

describe('the result to send by LINE', () => {
  it('begins with what does not work, and says what to do', () => {
    const text = resultText(
      resultWith([
        { step: 'power', result: 'ok' },
        { step: 'port', result: 'fail', cause: words, remedy: { en: 'push it in', th: 'เสียบให้แน่น' } },
      ]),
      'th',
    );
    expect(text.split('\n')).toEqual([
      'ผลตรวจหอกระจายข่าว บ้านเสาเล้า',
      'hall-1 · 43010102 · 26 พ.ย. 2569 22.15 น. · 0.1.0',
      '✗ มีส่วนที่ใช้งานไม่ได้',
      '',
      '✗ พอร์ตของเซิร์ฟเวอร์',
      '   สายหลวม',
      '   → เสียบให้แน่น',
      '',
      '✓ ไฟเลี้ยง',
    ]);
  });

  it.each(['th', 'en'] as const)(
    'is one message in %s, whatever is wrong, with the link at its end',
    (lang) => {
      for (const result of ['ok', 'fail'] as const) {
        const page = 'http://192.168.1.50:8090/abc';
        const text = resultText(resultWith(everyStep(result), page), lang);
        expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT);
        expect(text.endsWith(page)).toBe(true);
      }
    },
  );
});

it.each([
  [[], 'not-known'],
  [['ok', 'skipped'], 'skipped'],
  [['ok', 'not-known', 'skipped'], 'not-known'],
  [['ok', 'warn', 'not-known'], 'warn'],
  [['warn', 'fail', 'ok'], 'fail'],
] as const)('the worst of %j is %s', (results, worst) => {
  expect(worstOf(results.map((result) => ({ step: 'power', result })))).toBe(worst);
});

it('every step is named in Thai and in English', () => {
  for (const { title, did } of Object.values(STEPS))
    for (const each of [title, did]) {
      expect(each.th).toMatch(/[ก-๙]/);
      expect(each.en).not.toMatch(/[ก-๙]/);
    }
});

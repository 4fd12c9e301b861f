import { beforeEach, describe, expect, it } from 'vitest';
import { TROUBLE_LIMITS } from '../../../../firmware-protocol/mqtt/trouble-requests.ts';
import { openProvince } from './province.ts';

let province: Awaited<ReturnType<typeof openProvince>>;
beforeEach(async () => {
  province = await openProvince();
});

const HERE = '43010101';
const report = { change: 'report', village: HERE, part: 'tower', text: 'ลำโพงทิศเหนือเงียบ' } as const;
const codeOf = (answer: Awaited<ReturnType<typeof province.answer>>) =>
  answer.status === 'error' ? answer.error.code : 'ok';

describe('troubles', () => {
  it('are reported by a village head, and seen by the office above', async () => {
    expect(codeOf(await province.answer('kamnan', 'troubles', report))).toBe('ok');
    const seen = await province.answer('somchai', 'troubles', { area: '4301' });
    expect(seen).toMatchObject({
      data: { troubles: [{ village: HERE, by: 'kamnan', text: report.text }], more: false },
    });
  });

  it('are not reported by who may only look, nor of another village, nor closed by who reported them', async () => {
    expect(codeOf(await province.answer('malee', 'troubles', report))).toBe('not-allowed');
    expect(codeOf(await province.answer('kamnan', 'troubles', { ...report, village: '43010102' }))).toBe(
      'outside-scope',
    );
    const close = { change: 'close', trouble: '01J0000000000000000000000A', text: 'แก้แล้ว' };
    expect(codeOf(await province.answer('kamnan', 'troubles', close))).toBe('not-allowed');
  });

  it('do not pile up without end', async () => {
    for (let at = 0; at < TROUBLE_LIMITS.openOfAVillage; at++)
      await province.answer('kamnan', 'troubles', report);
    expect(codeOf(await province.answer('kamnan', 'troubles', report))).toBe('too-many-troubles');
  });
});

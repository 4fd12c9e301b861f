import { beforeEach, describe, expect, it } from 'vitest';
import { openGate } from '../requests/gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});

describe('the audit', () => {
  it('holds what changes something, before it is done and how it ended, without secrets', async () => {
    const enrol = { device: 'new-1', village: '43010105', name: 'ศาลากลางบ้าน', transaction: 'a1' };
    await gate.ask('admin', 'enrol', enrol);
    await gate.ask('malee', 'devices', {});
    const { transaction: _left, ...document } = enrol;
    expect(gate.audit.told()).toMatchObject([
      { who: 'admin', act: 'request/enrol', outcome: 'asked', document },
      { who: 'admin', act: 'request/enrol', outcome: 'done', of: 1, result: { device: 'new-1' } },
    ]);
    expect(gate.audit.told()[1]?.result).toEqual({ device: 'new-1' });
  });

  it('holds what somebody had no right to', async () => {
    await gate.ask('malee', 'push', { to: ['4301'], text: 'น้ำท่วม' });
    expect(gate.audit.told()).toMatchObject([
      { who: 'malee', act: 'request/push', outcome: 'asked' },
      { who: 'malee', act: 'request/push', outcome: 'refused', code: 'not-allowed' },
    ]);
  });

  it('is read by auditors alone, page by page', async () => {
    for (const to of ['43', '4301', '4302']) await gate.ask('malee', 'stop', { to: [to] });
    expect(await gate.ask('somchai', 'audit', {})).toMatchObject({ error: { code: 'not-allowed' } });
    const answer = await gate.ask('admin', 'audit', { after: 2, limit: 2 });
    expect(answer).toMatchObject({
      data: { more: true, lines: [/"n":3/, /"n":4/].map((each) => expect.stringMatching(each)) },
    });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { NOW, openGate, SPEECH } from './gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});

describe('the gate', () => {
  it.each([
    ['an unknown request', 'somchai', 'pusch', '{"transaction":"t"}', 'request-unknown'],
    ['an inherited name', 'somchai', 'toString', '{"transaction":"t"}', 'request-unknown'],
    ['broken JSON', 'somchai', 'push', '{"to":["43"],"transaction":"t"', 'json-broken'],
    ['a list', 'somchai', 'push', '["transaction",1]', 'request-invalid'],
    ['a wrong type of transaction', 'somchai', 'devices', '{"transaction":{}}', 'request-invalid'],
    ['an account that is gone', 'nobody', 'devices', '{"transaction":"t"}', 'not-authenticated'],
    ['a viewer who speaks', 'malee', 'push', '{"to":["4301"],"text":"x","transaction":"t"}', 'not-allowed'],
    [
      'an operator who enrols',
      'somchai',
      'enrol',
      '{"device":"new-1","village":"43010101","name":"x","transaction":"t"}',
      'not-allowed',
    ],
    [
      'a viewer who plans',
      'malee',
      'programme',
      '{"area":"4301","entries":[],"transaction":"t"}',
      'not-allowed',
    ],
  ])(
    'refuses %s in both languages, and says whose answer it is',
    async (_what, user, what, payload, code) => {
      const answer = await gate.ask(user, what, payload);
      expect(answer).toMatchObject({
        status: 'error',
        error: { code, en: expect.stringMatching(/\w/), th: expect.stringMatching(/[ก-๙]/) },
        ...(payload.includes('"t"') && { transaction: 't' }),
      });
      expect(gate.sent).toEqual([]);
    },
  );

  it('says in Thai what is wrong with broken JSON, without English in between', async () => {
    expect(await gate.ask('somchai', 'push', '{"to":}')).toMatchObject({
      error: { th: expect.stringMatching(/^ข้อมูลนี้ไม่ใช่ JSON: บรรทัด 1 ตัวที่ 7: /) },
    });
  });

  it('names the requests there are', async () => {
    expect(await gate.ask('somchai', 'help', '')).toMatchObject({
      error: {
        th: expect.stringContaining(
          'push, say, stop, programme, explain, devices, halls, overview, health, plan, order',
        ),
      },
    });
  });

  it('takes an empty message as a request without wishes', async () => {
    expect(await gate.ask('malee', 'devices', '')).toMatchObject({
      data: { devices: [{ device: 'nongkhai-1' }] },
    });
  });

  it('never rejects: what nobody foresaw is logged, and said without details', async () => {
    gate.break();
    const answer = await gate.ask('somchai', 'push', { to: ['device/x-1'], text: 'x', transaction: 3 });
    expect(answer).toMatchObject({ status: 'error', error: { code: 'internal' }, transaction: 3 });
    expect(JSON.stringify(answer)).not.toContain('database');
    expect(gate.logged).toEqual([expect.objectContaining({ user: 'somchai', what: 'push' })]);
  });
});

describe('stop', () => {
  const sentId = async (kind: string) => {
    await gate.ask('somchai', 'push', { to: ['4301'], text: 'x', kind });
    return gate.sent[0]?.id;
  };

  it('ends an order where it was sent, for as long as it could begin', async () => {
    const order = await sentId('announce');
    await gate.ask('somchai', 'stop', { order });
    expect(gate.sent[1]).toMatchObject({ kind: 'stop', stops: order, to: ['4301'] });
    expect(gate.sent[1]?.expires_at).toBe(gate.sent[0]?.expires_at);
  });

  it('of an alert is the all-clear', async () => {
    const order = await sentId('alert');
    await gate.ask('somchai', 'stop', { order });
    expect(gate.sent[1]).toMatchObject({ kind: 'all-clear', clears: order });
  });

  it('silences everything in an area', async () => {
    expect(await gate.ask('somchai', 'stop', { to: ['43'] })).toMatchObject({
      status: 'ok',
      data: { to: ['43'] },
    });
    expect(gate.sent[0]).toMatchObject({ kind: 'stop', stops: 'everything' });
  });

  it.each([
    ['nothing', {}, 'to', 'missing'],
    ['an order that is none', { order: '01J0000000000000000000ZZZZ' }, 'order', 'unknown-order'],
    ['another area', { to: ['41'] }, 'to[0]', 'outside-scope'],
  ])('of %s is refused', async (_what, request, path, code) => {
    expect(await gate.ask('somchai', 'stop', request)).toMatchObject({ error: { faults: [{ path, code }] } });
  });
});

describe('programme and explain', () => {
  const entry = {
    id: 'evening',
    starts: '2026-11-01T18:30:00',
    rule: 'FREQ=DAILY',
    band: 40,
    announcement: {
      title: 'ข่าวเย็น',
      tower: { parts: [{ type: 'media', sha256: SPEECH.sha256, bytes: 1, ms: 1 }] },
    },
  };

  it('of an area without one is version 0', async () => {
    expect(await gate.ask('malee', 'programme', { area: '4301' })).toEqual({
      status: 'ok',
      data: { area: '4301', version: 0, entries: [] },
    });
  });

  it('is replaced whole, and then explained to its villages', async () => {
    expect(await gate.ask('somchai', 'programme', { area: '4301', entries: [entry] })).toMatchObject({
      data: { version: 1, entries: [{ announcement: { tower: { parts: [{ bytes: 12_345, ms: 4_200 }] } } }] },
    });
    expect(await gate.ask('malee', 'explain', { who: 'device/nongkhai-1', hours: 24 })).toMatchObject({
      data: {
        who: 'device/nongkhai-1',
        from: '2026-11-13T18:00:00.000+07:00',
        plan: [
          {
            play: '4301/evening/20261113T183000',
            title: 'ข่าวเย็น',
            output: 'tower',
            area: '4301',
            band: 40,
            starts: '2026-11-13T18:30:00.000+07:00',
            verdict: 'plays',
            because: 'due',
          },
        ],
      },
    });
    expect(NOW).toBe(Date.parse('2026-11-13T18:00:00+07:00'));
  });

  it('is not explained for the time before it was issued, when no hall had it', async () => {
    gate.issueAt(Date.parse('2026-11-14T12:00:00+07:00'));
    await gate.ask('somchai', 'programme', { area: '4301', entries: [entry] });
    expect(await gate.ask('malee', 'explain', { who: 'device/nongkhai-1', hours: 48 })).toMatchObject({
      data: { plan: [{ play: '4301/evening/20261114T183000' }] },
    });
  });

  it.each([
    ['an unknown area', { area: '4399', entries: [] }, 'area', 'unknown-area'],
    ['another province', { area: '41', entries: [] }, 'area', 'outside-scope'],
    ['above its own', { area: 'th', entries: [] }, 'area', 'outside-scope'],
    [
      'media that is not there',
      {
        area: '43',
        entries: [
          {
            ...entry,
            announcement: {
              title: 'x',
              tower: { parts: [{ type: 'media', sha256: 'c'.repeat(64), bytes: 1, ms: 1 }] },
            },
          },
        ],
      },
      'entries[0].announcement.tower.parts[0].sha256',
      'unknown-media',
    ],
    [
      'a rule in words',
      { area: '43', entries: [{ ...entry, rule: 'every day' }] },
      'entries[0].rule',
      'bad-rule',
    ],
    ['one id twice', { area: '43', entries: [entry, entry] }, 'entries[1].id', 'used-twice'],
  ])('for %s is refused', async (_what, request, path, code) => {
    expect(await gate.ask('somchai', 'programme', request)).toMatchObject({
      error: { faults: [{ path, code }] },
    });
    expect(gate.programmes).toEqual([]);
  });

  it('may be read by those who hear it', async () => {
    expect(await gate.ask('malee', 'programme', { area: 'th' })).toMatchObject({ status: 'ok' });
    expect(await gate.ask('malee', 'programme', { area: '41' })).toMatchObject({
      error: { code: 'outside-scope' },
    });
  });
});

const NO_FACTS = { hash: '', at: '', boot: 1, type: '', play: null };

describe('what may be seen', () => {
  it.each([
    ['somchai', {}, ['nongkhai-1']],
    ['admin', {}, ['nongkhai-1', 'udon-1']],
    ['admin', { area: '41' }, ['udon-1']],
    ['malee', { area: '43' }, ['nongkhai-1']],
  ])('%s asking for devices of %j sees %j', async (user, request, devices) => {
    expect(await gate.ask(user, 'devices', request)).toMatchObject({
      data: { devices: devices.map((device) => ({ device })) },
    });
  });

  it('of an order are the deliveries in one’s own areas', async () => {
    const order = '01J0000000000000000000ZZZZ';
    expect(await gate.ask('malee', 'order', { order })).toMatchObject({
      data: { deliveries: [{ device: 'nongkhai-1' }] },
    });
  });

  it('reports are for those whose device it is', async () => {
    expect(await gate.ask('malee', 'reports', { device: 'nongkhai-1' })).toEqual({
      status: 'ok',
      data: { device: 'nongkhai-1', stored: 4, reports: [] },
    });
    expect(await gate.ask('malee', 'reports', { device: 'udon-1' })).toMatchObject({
      error: { code: 'outside-scope' },
    });
  });

  it('reports come as the device wrote them, also those that only a newer server can read', async () => {
    const refused = { type: 'refused', reason: 'seen' };
    const [known, strange] = [
      {
        n: 1,
        prev: '0'.repeat(64),
        at: instantOf(NOW),
        trust: 'server',
        boot: 1,
        event: refused,
        mood: 'calm',
      },
      {
        n: 2,
        prev: '1'.repeat(64),
        at: instantOf(NOW),
        trust: 'server',
        boot: 1,
        event: { type: 'saw-a-ufo' },
      },
    ];
    for (const report of [known, strange])
      gate.reports.push({ ...NO_FACTS, n: report?.n ?? 0, document: JSON.stringify(report) });
    const answer = await gate.ask('malee', 'reports', { device: 'nongkhai-1' });
    expect(answer).toEqual({
      status: 'ok',
      data: { device: 'nongkhai-1', stored: 4, reports: [known], unread: [strange] },
    });
  });

  it('a code for a box is given to an administrator, for a village that exists', async () => {
    const enrol = { device: 'new-1', village: '43010105', name: 'ศาลากลางบ้าน' };
    expect(await gate.ask('admin', 'enrol', enrol)).toMatchObject({ data: { device: 'new-1', code: 'C' } });
    expect(await gate.ask('admin', 'enrol', { ...enrol, village: '97010101' })).toMatchObject({
      error: { faults: [{ path: 'village', code: 'unknown-area' }] },
    });
    expect(await gate.ask('admin', 'enrol', { ...enrol, village: '4301' })).toMatchObject({
      error: { faults: [{ path: 'village', code: 'bad-area' }] },
    });
  });
});

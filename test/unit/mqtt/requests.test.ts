import { describe, expect, it } from 'vitest';
import { REQUESTS, type RequestName } from '../../../firmware-protocol/mqtt/requests.ts';
import { announcement, entryOf, soundFor } from '../content/documents.ts';

function faultsOf(name: RequestName, request: unknown): string[] {
  return REQUESTS[name].request.safeParse(request).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

const text = 'น้ำท่วม โปรดระวัง';
const media = ['a'.repeat(64)];

describe('a push', () => {
  it.each([
    ['the shortest', { to: ['4301'], text }],
    ['by hand', { to: ['4301'], text, chime: 'ding', transaction: 7 }],
    ['sound alone', { to: ['device/nong-khai-1'], media }],
    ['a whole announcement', { to: ['th'], announcement, kind: 'alert', band: 90 }],
  ])('%s', (_what, request) => {
    expect(faultsOf('push', request)).toEqual([]);
  });

  it.each([
    ['of nothing', { to: ['43'] }, ''],
    ['to nobody', { text }, 'to'],
    ['to an unknown form of area', { to: ['430'], text }, 'to.0'],
    ['of 100,000 characters', { to: ['43'], text: 'ก'.repeat(100_000) }, 'text'],
    ['of control characters', { to: ['43'], text: '\u0007' }, 'text'],
    ['of half a surrogate pair', { to: ['43'], text: '\ud83d' }, 'text'],
    ['with an unknown key', { to: ['43'], text, volume: 11 }, ''],
    ['of a wrong type', { to: '43', text }, 'to'],
    ['with text beside an announcement', { to: ['43'], text, announcement }, ''],
    ['with a chime beside an announcement', { to: ['43'], chime: 'ding', announcement }, 'announcement'],
    ['announcing in the band of alerts', { to: ['43'], text, band: 90 }, 'band'],
    ['testing as urgent', { to: ['43'], text, kind: 'test', band: 60 }, 'band'],
    [
      'for the sign, with sound alone',
      { to: ['43'], announcement: soundFor(1), outputs: ['panel'] },
      'outputs',
    ],
    ['naming an output twice', { to: ['43'], text, outputs: ['panel', 'panel'] }, 'outputs'],
    ['that lives for days', { to: ['43'], text, expires_in_s: 200_000 }, 'expires_in_s'],
  ])('%s is refused, and says where', (_what, request, path) => {
    expect(faultsOf('push', request)).toEqual([path]);
  });
});

describe('other requests', () => {
  it('a stop names an order or whom to silence', () => {
    expect(faultsOf('stop', {})).toEqual(['to']);
    expect(faultsOf('stop', { to: ['43'] })).toEqual([]);
    expect(faultsOf('stop', { order: '01JCKZ5V00000000000000000A' })).toEqual([]);
  });

  it('a programme is read, or replaced by entries that could be one', () => {
    const entry = entryOf('a', '2026-11-13T06:30:00');
    expect(faultsOf('programme', { area: '43' })).toEqual([]);
    expect(faultsOf('programme', { area: '43', entries: [entry, entry] })).toEqual(['entries.1.id']);
    expect(
      faultsOf('programme', { area: '43', entries: [{ ...entry, rule: 'FREQ=DAILY;BYHOUR=25' }] }),
    ).toEqual(['entries.0.rule']);
  });

  it('a hall stands in a village', () => {
    expect(faultsOf('enrol', { device: 'nong-khai-1', village: '430101', name: 'ศาลาบ้านโนน' })).toEqual([
      'village',
    ]);
  });

  it('an explanation looks a month ahead at most', () => {
    expect(faultsOf('explain', { who: '43010102', hours: 745 })).toEqual(['hours']);
  });
});

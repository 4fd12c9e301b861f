import { describe, expect, it } from 'vitest';
import { PreparedPush } from '../../../firmware-protocol/mqtt/push-request.ts';
import { type AnnounceDraft, EMPTY, saidOf } from '../../../server/console/push/announce-draft.ts';
import { draftWith, fitsForm, isBegun, type Saved } from '../../../server/console/push/saved/saved-draft.ts';

const SOUND = { sha256: 'a'.repeat(64), ms: 4_200, title: 'เสียงประกาศ' };
const PICTURE = { sha256: 'c'.repeat(64), title: 'ภาพ' };
const WRITTEN: AnnounceDraft = {
  ...{ to: ['4301'], title: 'ตลาดนัด', text: 'ตลาดนัดวันเสาร์', hotline: '042-000', qr: 'https://a.th' },
  ...{ picture: PICTURE, sounds: [SOUND], chime: 'ding', times: 3, outputs: ['panel', 'tower'] },
  ...{ at: '18:30', waitMinutes: 60 },
};

const saved = (push: Partial<Saved['push']>): Saved => ({
  ...{ area: '43', template: 'saved-1', use: 'saved', title: 'ตลาดนัด', by: 'somchai', may_change: true },
  push: { kind: 'announce', ...push },
});

describe('an announcement that is saved', () => {
  it('is one that the server keeps, without whom and when', () => {
    const push = saidOf(WRITTEN);
    expect(PreparedPush.safeParse(push).success).toBe(true);
    expect(Object.keys(push)).not.toEqual(expect.arrayContaining(['to', 'start_at']));
  });

  it('comes back as it was written, for whom and when somebody else chose', () => {
    const kept = saved(PreparedPush.parse(saidOf(WRITTEN)));
    const now = { ...EMPTY, to: ['430101'], at: '07:00', text: 'อย่างอื่น' };
    expect(draftWith(now, kept, { sounds: [SOUND], picture: PICTURE })).toEqual({
      ...WRITTEN,
      ...{ to: ['430101'], at: '07:00', outputs: ['tower', 'panel'] },
    });
  });

  it.each([
    [30, 5],
    [300, 5],
    [301, 15],
    [86_400, 240],
  ])('that may wait %i s is offered with a wait of %i minutes', (expires_in_s, minutes) => {
    const filled = draftWith(EMPTY, saved({ text: 'ก', expires_in_s }), { sounds: [], picture: undefined });
    expect(filled.waitMinutes).toBe(minutes);
  });

  it.each([
    ['words', { text: 'ก' }, true],
    ['words in the rank that they have anyway', { text: 'ก', band: 60 }, true],
    ['words in a lower rank', { text: 'ก', band: 20 }, false],
    ['a warning', { kind: 'alert', text: 'ก', chime: 'alert' }, false],
    ['a whole announcement', { announcement: { title: 'ก', language: 'th' } }, false],
  ] as [string, Partial<Saved['push']>, boolean][])('of %s fits the form: %s', (_what, push, fits) => {
    expect(fitsForm(saved(push))).toBe(fits);
  });
});

it('what somebody began to write is known from what lies there untouched', () => {
  expect(isBegun({ ...EMPTY, to: ['43'], text: ' ' })).toBe(false);
  expect(isBegun({ ...EMPTY, hotline: '1784' })).toBe(true);
  expect(isBegun({ ...EMPTY, sounds: [SOUND] })).toBe(true);
});

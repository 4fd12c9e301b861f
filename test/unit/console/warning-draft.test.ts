import { expect, test } from 'vitest';
import {
  EMPTY,
  lacksOf,
  pushOf,
  soundable,
  type WarningDraft,
  withTemplate,
} from '../../../server/console/emergency/warning-draft.ts';

const FLOOD = {
  template: 'flood',
  title: 'น้ำท่วม',
  push: { text: 'น้ำท่วม\nขึ้นที่สูงทันที', say: 'น้ำท่วม ขึ้นที่สูงทันที', hotline: 'ปภ. 1784' },
};
const whole: WarningDraft = {
  ...withTemplate(EMPTY, FLOOD, true),
  ...{ to: ['4301'], minutes: 30, why: ' น้ำสูง\n4.2 เมตร ' },
};

test('an empty warning lacks everything and is no push; a whole one says what was written, with its end and its reason', () => {
  expect(lacksOf(EMPTY)).toEqual(['title', 'text', 'to', 'minutes', 'why']);
  expect(pushOf(EMPTY)).toBeUndefined();
  expect(pushOf(whole)).toEqual({
    ...{ kind: 'alert', to: ['4301'], chime: 'alert', expires_in_s: 1_800, hotline: 'ปภ. 1784' },
    ...{ title: 'น้ำท่วม', text: FLOOD.push.text, say: FLOOD.push.text, why: 'น้ำสูง 4.2 เมตร' },
  });
});

test('without a voice at the server it is the tone, also for words that were kept from another day', () => {
  expect(withTemplate(EMPTY, FLOOD, false).voice).toBe('tone');
  expect(pushOf(soundable(whole, false))).not.toHaveProperty('say');
  expect(soundable(whole, true)).toBe(whole);
});

test('a template leaves whom, how long and why to the person', () => {
  expect(withTemplate(whole, { ...FLOOD, title: 'ไฟป่า' }, true)).toMatchObject({ to: ['4301'], minutes: 30 });
});

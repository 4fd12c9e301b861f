import { expect, it } from 'vitest';
import { alertStateWords, trustWords } from '../../../scripts/operator/alert-words.ts';
import { ALERT_STATES, TRUSTS } from '../../../server/alerts/alert-records.ts';

it.each(ALERT_STATES)('an alert that is %s says so in Thai', (state) => {
  expect(alertStateWords(state).th).toMatch(/^[ก-๙ ]+$/);
});

it.each(TRUSTS)('so does a sender that is %s', (trust) => {
  expect(trustWords(trust).th).toMatch(/^[ก-๙ ]+$/);
});

it('a word of a newer server stays what it is', () => {
  expect(alertStateWords('toString')).toEqual({ en: 'toString', th: 'toString' });
});

import { expect, it } from 'vitest';
import { REQUESTS, type RequestName } from '../../../firmware-protocol/mqtt/requests.ts';
import { Failed } from '../../../scripts/cli.ts';
import { connectionLost, noAnswer } from '../../../scripts/operator/client-failures.ts';
import { toldOpen } from '../../../scripts/operator/unanswered.ts';
import { REQUEST_ROWS } from '../../../server/requests/request-rows.ts';

const NAMES = Object.keys(REQUESTS) as RequestName[];
/** They need a right, and change nothing that a second time would do again; a push says itself what it left open. */
const ELSEWHERE = ['audit', 'plan', 'export', 'say', 'push', 'troubles'];
/** Every member of a request but those that make it a look. */
const ALL_OF_IT = {
  ...Object.fromEntries(
    'decision entries slots discard csv csv_base64 remove title areas change'
      .split(' ')
      .map((name) => [name, 'x']),
  ),
  dry_run: false,
  look_only: false,
};

const wordsOf = (what: RequestName, draft: object, error = noAnswer(15)) =>
  (toldOpen(error, what, draft) as Failed).words.en;

it.each(NAMES.filter((name) => !ELSEWHERE.includes(name)))(
  'without an answer to %s it is said whether the command may be given again, where it changes something',
  (name) => {
    const right = (REQUEST_ROWS[name].right as (request: object) => string)(ALL_OF_IT);
    const isOpen = wordsOf(name, ALL_OF_IT).includes('is not known');
    expect(isOpen).toBe(right !== 'read');
  },
);

it('a look leaves nothing open', () => {
  expect(wordsOf('publish', { area: '43', dry_run: true })).not.toContain('not known');
  expect(wordsOf('programme', { area: '43', entries: undefined })).not.toContain('not known');
  expect(wordsOf('people', {})).not.toContain('not known');
});

it('a retry may be heard twice, a stop may be given twice', () => {
  expect(wordsOf('retry', { order: 'x' }, connectionLost())).toContain('announced twice');
  expect(wordsOf('stop', { order: 'x' })).toContain('twice does no harm');
});

it('what was refused was not done', () => {
  const refused = new Failed('x', { code: 'not-allowed' });
  expect(toldOpen(refused, 'stop', { order: 'x' })).toBe(refused);
});

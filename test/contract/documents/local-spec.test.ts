import { describe, expect, it } from 'vitest';
import { LOCAL_LIMITS, LOCAL_VERBS } from '../../../firmware-protocol/local/verbs.ts';
import { readMarkdown } from './markdown.ts';

const spec = readMarkdown('local/SPEC.md');

describe('local/SPEC.md says what the table says', () => {
  it('each verb, in order', () => {
    expect(spec.table('verb')).toEqual(Object.entries(LOCAL_VERBS).map(([name, { says }]) => [name, says]));
  });

  it('the size of a request', () => {
    expect(spec.text).toContain(LOCAL_LIMITS.requestBytes.toLocaleString('en'));
  });

  it.each(spec.examples)('its example of $schema is one', ({ json }) => {
    expect(LOCAL_VERBS['test-tone'].answer.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });
});

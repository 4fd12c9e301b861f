import { describe, expect, it } from 'vitest';
import { languageOf, readShared } from '../../../scripts/cli/shared-options.ts';

describe('the options of every verb', () => {
  it.each([
    ['before the verb', ['--json', '--lang', 'th', 'push', '--to', '43']],
    ['after it', ['push', '--to', '43', '--lang=th', '--json']],
    ['between its own', ['push', '--json', '--to', '43', '--lang', 'th']],
  ])('are understood %s', (_where, argv) => {
    expect(readShared(argv, {})).toEqual({ json: true, lang: 'th', rest: ['push', '--to', '43'] });
  });

  it('end at --', () => {
    const { json, lang, rest } = readShared(['push', '--', '--json', '--lang'], {});
    expect({ json, lang, rest }).toEqual({
      json: false,
      lang: 'en',
      rest: ['push', '--', '--json', '--lang'],
    });
  });

  it.each([[['--lang']], [['--lang', 'fr']], [['--lang=']], [['--lang', 'push']]])(
    '%j is wrong usage',
    (argv) => {
      expect(() => readShared(argv, {})).toThrow('--lang is "th" or "en"');
    },
  );

  it('the option wins over the surroundings', () => {
    expect(readShared(['--lang', 'en'], { LANG: 'th_TH.UTF-8' }).lang).toBe('en');
  });
});

describe('the language of the surroundings', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'th_TH.UTF-8' }, 'th'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'th_TH.UTF-8' }, 'th'],
    [{ LANG: 'th_TH.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'th_TH.UTF-8', LC_ALL: '' }, 'th'],
  ])('%j is %s', (env, lang) => {
    expect(languageOf(env)).toBe(lang);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY, sourceFiles } from './source-tree.ts';

const tables = sourceFiles().filter(
  ({ path, text }) => /^server\/console\/.*-words\.ts$/.test(path) && text.includes('roomWords('),
);

/** `key: 'words'` of the Thai and of the English half of a table. */
function halvesOf(path: string): [thai: [string, string][], english: [string, string][]] {
  const text = readFileSync(join(REPOSITORY, path), 'utf8');
  const [, thai = '', english = ''] = text.split(/^ {2}\{$/m);
  const rows = (half: string) =>
    [...half.matchAll(/^ {4}'?([\w-]+)'?:\s*(['"`])((?:\\.|(?!\2).)*)\2,?$/gms)].map(
      ([, key = '', , words = '']): [string, string] => [key, words],
    );
  return [rows(thai), rows(english)];
}

test('there are tables to look at', () => {
  expect(tables.length).toBeGreaterThan(2);
});

test.each(tables.map(({ path }) => path))('%s says everything in Thai and in English', (path) => {
  const [thai, english] = halvesOf(path);
  expect(thai.length).toBeGreaterThan(0);
  expect(thai.map(([key]) => key)).toEqual(
    english.map(([key]) => key).filter((key) => !key.endsWith('_one')),
  );
  const namesIn = (words: string) =>
    [...words.matchAll(/\{\{\w+(, number)?\}\}/g)].map(([name]) => name).sort();
  const english_ = new Map(english);
  for (const [key, words] of thai) {
    expect(words.trim(), key).not.toBe('');
    // Names of values, so that neither language loses a number.
    expect(namesIn(words), key).toEqual(namesIn(english_.get(key) ?? ''));
  }
});

/** `{{count}} other villages`, `{{count}} wait`. */
const MANY = /\{\{count(, number)?\}\} ((other|more) )?([a-z]+s|people|have|wait|hold)\b/;
/** What is counted by another name has no singular. */
const BY_ANOTHER_NAME =
  /\{\{(?!count\b)\w+\}\} ((other|more) )?(halls|villages|people|entries|times|seconds|minutes|hours|days)\b/;

test.each(tables.map(({ path }) => path))('%s says one of a thing otherwise than many', (path) => {
  const [, english] = halvesOf(path);
  const keys = english.map(([key]) => key);
  for (const [key, words] of english) {
    expect(words).not.toMatch(BY_ANOTHER_NAME);
    if (key.endsWith('_one')) expect(keys).toContain(key.slice(0, -'_one'.length));
    else if (MANY.test(words)) expect(keys, words).toContain(`${key}_one`);
  }
});

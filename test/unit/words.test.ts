import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY, sourceFiles } from './source-tree.ts';

/** docs/words.md: one word for one thing; its last column has the Thai words that stand nowhere else. */
const LIST = 'docs/words.md';

const never = [
  ...readFileSync(join(REPOSITORY, LIST), 'utf8').matchAll(/^\|.*\|([^|\n]*[\u0e00-\u0e7f][^|\n]*)\|$/gm),
].flatMap(([, words = '']) => words.trim().split(', '));

function documents(): { path: string; text: string }[] {
  const found = ['docs', 'firmware-protocol'].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, path),
    ),
  );
  return ['README.md', ...found]
    .filter((path) => path.endsWith('.md') && path !== LIST)
    .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') }));
}

const product = [...sourceFiles().filter(({ path }) => !path.startsWith('test/')), ...documents()];

it('has a list of words, programs and documents to look at', () => {
  expect(never.length).toBeGreaterThan(10);
  expect(product.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['docs/operate.md', 'firmware-protocol/mqtt/SPEC.md', 'server/errors.ts']),
  );
});

it.each(never)('nobody says %s', (word) => {
  expect(product.filter(({ text }) => text.includes(word)).map(({ path }) => path)).toEqual([]);
});

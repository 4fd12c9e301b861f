import { expect, it } from 'vitest';
import { type SourceFile, sourceFiles, withoutComments } from './source-tree.ts';

/** The contract is written down whole, also where only the other side reads it. */
const isContract = (path: string) => path.startsWith('firmware-protocol/');

const WORD = /[A-Za-z_$][\w$]*/g;
const files = sourceFiles().map((file) => ({ ...file, words: withoutComments(file.text).match(WORD) ?? [] }));

/** For each word of the code, in how many files it stands. */
const filesWith = new Map<string, number>();
for (const { words } of files)
  for (const word of new Set(words)) filesWith.set(word, (filesWith.get(word) ?? 0) + 1);

/** Exported by this `kind` of statement, and named in no other file. */
function nobodysNames({ text }: SourceFile, kind: RegExp): string[] {
  return [...text.matchAll(kind)].map(([, name = '']) => name).filter((name) => filesWith.get(name) === 1);
}

it('has a house to look at', () => expect(filesWith.size).toBeGreaterThan(1_000));

it('a function, class or constant is exported for somebody: what nobody asks for stays at home, where the compiler sees that it is dead', () => {
  const VALUE = /^export (?:async |abstract )*(?:function\*?|const|class) (\w+)/gm;
  const found = files
    .filter(({ path }) => !isContract(path))
    .flatMap((file) => nobodysNames(file, VALUE).map((name) => `${file.path}: ${name}`));
  expect(found).toEqual([]);
});

it('a type is used, in its own file at least', () => {
  const TYPE = /^export (?:type|interface) (\w+)/gm;
  const found = files.flatMap((file) =>
    nobodysNames(file, TYPE)
      .filter((name) => file.words.filter((word) => word === name).length === 1)
      .map((name) => `${file.path}: ${name}`),
  );
  expect(found).toEqual([]);
});

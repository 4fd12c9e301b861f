import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY, sourceFiles, withoutComments } from './source-tree.ts';

/** No code names them, and each is there for a reason. */
const UNNAMED: Record<string, string> = {
  '@biomejs/biome': 'a program',
  typescript: 'a program',
  dayjs: '@mantine/dates asks for it',
};

const { dependencies, devDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
const packages = [...Object.keys(dependencies), ...Object.keys(devDependencies)];

const BUILD = join(REPOSITORY, 'scripts/build');
const code = [
  ...sourceFiles()
    .filter(({ path }) => path !== 'test/unit/packages.test.ts')
    .map(({ text }) => text),
  ...readdirSync(BUILD)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => readFileSync(join(BUILD, name), 'utf8')),
]
  .map(withoutComments)
  .join('\n');

/** As a whole, or with a path in it behind. */
const isNamed = (name: string) => code.includes(`'${name}'`) || code.includes(`'${name}/`);

it('every package is named in the code, or here with why it is there', () => {
  const unnamed = packages.filter((name) => !isNamed(name) && !name.startsWith('@types/'));
  expect(unnamed.sort()).toEqual(Object.keys(UNNAMED).sort());
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { C_FOLDER, compilers, WARNINGS } from '../../../scripts/virtual-board/c-board-program.ts';

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name));
const CORE = sourcesIn(C_FOLDER);
/** On the machine that tests, of 64 bits; the deepest way through all of them on a Cortex-M0+ is in SPEC 13. */
const MOST_STACK_OF_ONE_FUNCTION = 320;
const STRICT = ['-Werror', '-Wshadow', '-Wvla', `-Wframe-larger-than=${MOST_STACK_OF_ONE_FUNCTION}`];

/** What a maker may leave out or make large. */
const SHAPES = {
  'as it comes': [],
  'the least': ['FITTED=1u', 'ENCODINGS=1u', 'STRIP_PIXELS=0u', 'WINDOW=1u', 'BODY_BYTES=64u'],
  'an amplifier without a sign': ['FITTED=2u', 'WIDTH=0u', 'HEIGHT=0u', 'STRIP_PIXELS=0u'],
  'with everything': [
    'FITTED=0x3fffu',
    'HOLDS=16u',
    'SLOTS=8u',
    'WIDTH=192u',
    'HEIGHT=96u',
    'ADDRESS=7u',
    'RATES=255u',
  ],
  'of one colour': ['DEPTH=PRAKAT_DEPTH_MONO', 'HOLDS=1u'],
} as const;

const each = compilers()
  .filter((cc) => cc !== 'cc')
  .flatMap((cc) => Object.entries(SHAPES).map(([says, shape]) => ({ cc, says, shape })));

describe('the C core', () => {
  test.each(each)('$cc finds nothing to warn of: $says', ({ cc, shape }) => {
    const defines = shape.map((value) => `-DPRAKAT_${value}`);
    const compile = [...WARNINGS, ...STRICT, ...defines, '-Os', `-I${C_FOLDER}`, '-c', '-o', '/dev/null'];
    for (const source of CORE)
      expect(spawnSync(cc, [...compile, source], { encoding: 'utf8' }).stderr).toBe('');
  });

  test.each(compilers().filter((cc) => cc !== 'cc'))(
    '%s finds nothing to warn of in the host program',
    (cc) => {
      const compile = [...WARNINGS, '-Werror', '-Os', '-c', '-o', '/dev/null'];
      for (const source of sourcesIn(join(C_FOLDER, 'host')))
        expect(spawnSync(cc, [...compile, source], { encoding: 'utf8' }).stderr).toBe('');
    },
  );

  test('has no heap, no floating point, and no input or output of its own', () => {
    for (const source of CORE) {
      const words = readFileSync(source, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      expect(words).not.toMatch(/\b(malloc|calloc|realloc|free|alloca|float|double|printf|fopen)\b/);
      expect(words).not.toMatch(/#include <(?!std(bool|def|int)\.h|string\.h)/);
    }
  });
});

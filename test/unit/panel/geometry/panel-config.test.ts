import { expect, test } from 'vitest';
import { GeometryConfig } from '../../../../device/config/panel.ts';

const PLAIN = { start: 'top-left', along: 'rows', serpentine: false };

test('what is not said is the plain case', () => {
  expect(GeometryConfig.parse({ module: { width: 32, height: 16 } })).toEqual({
    module: { width: 32, height: 16 },
    modules: { columns: 1, rows: 1 },
    chain: PLAIN,
    lamps: PLAIN,
    flipsEverySecondRun: false,
    turns: 0,
  });
});

test('all of it can be said', () => {
  const chain = { start: 'bottom-right', along: 'columns', serpentine: true };
  expect(
    GeometryConfig.parse({
      module: { width: 32, height: 16 },
      modules: { columns: 4, rows: 4 },
      chain,
      lamps: { serpentine: true },
      flips_every_second_run: true,
      turned: 270,
    }),
  ).toMatchObject({ chain, lamps: { ...PLAIN, serpentine: true }, flipsEverySecondRun: true, turns: 3 });
});

const module = { width: 32, height: 16 };
test.each([
  ['no module', {}, 'module'],
  ['a module of nothing', { module: { width: 0, height: 16 } }, 'module.width'],
  ['half a lamp', { module: { width: 32.5, height: 16 } }, 'module.width'],
  ['a corner that is none', { module, chain: { start: 'middle' } }, 'chain.start'],
  ['a misspelt member', { module, chain: { serpentin: true } }, 'chain'],
  ['45 degrees', { module, turned: 45 }, 'turned'],
  ['more lamps than any sign', { module, modules: { columns: 100, rows: 1 } }, 'modules'],
])('refused: %s', (_, config, path) => {
  const read = GeometryConfig.safeParse(config);
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

import { describe, expect, test } from 'vitest';
import { faultsOf, NotAPlace, readPlaces } from '../../../scripts/technician/lamp-faults.ts';

const SIGN = { width: 128, height: 64, modules: 16 };

describe('what a person types', () => {
  test.each([
    ['', []],
    [' ; ', []],
    ['module 16', [{ kind: 'module', number: 16 }]],
    [
      'Row 1; column 128',
      [
        { kind: 'row', number: 1 },
        { kind: 'column', number: 128 },
      ],
    ],
    ['ดวง 5, 9', [{ kind: 'lamp', column: 5, row: 9 }]],
    ['โมดูล3', [{ kind: 'module', number: 3 }]],
  ])('%j', (text, places) => {
    expect(readPlaces(text, SIGN)).toEqual(places);
  });

  test.each(['module', 'module 0', 'module 17', 'row 65', 'column 3,4', 'lamp 5', 'lamp 1,65', 'ไฟดับ 3'])(
    '%j is no place of this sign, and the words say why',
    (text) => {
      expect(() => readPlaces(text, SIGN)).toThrow(NotAPlace);
      expect(() => readPlaces(text, SIGN)).toThrow(text);
    },
  );
});

test('in which pictures a place was wrong tells the likely cause', () => {
  const place = { kind: 'module', number: 3 } as const;
  const causeOf = (...seen: ('red' | 'green' | 'white' | 'dark')[]) =>
    faultsOf(seen.map((pattern) => ({ pattern, places: [place] })))[0]?.likely.en;
  expect(causeOf('red')).toContain('only red');
  expect(causeOf('red', 'green', 'white')).toContain('flat cable of the module');
  expect(causeOf('dark')).toContain('stuck on');
});

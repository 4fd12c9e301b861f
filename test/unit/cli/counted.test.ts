import { expect, test } from 'vitest';
import { counted } from '../../../scripts/cli/counted.ts';

test.each([
  [0, 'hall', '0 halls'],
  [1, 'hall', '1 hall'],
  [2, 'hall', '2 halls'],
  [1, 'entry', '1 entry'],
  [3, 'entry', '3 entries'],
])('%i %s is "%s"', (count, one, said) => {
  expect(counted(count, one)).toBe(said);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGENT_FLAGS } from '../../../scripts/virtual-village/hall.ts';

test('halls of the virtual village run with the flags of the package', () => {
  const lines = readFileSync('scripts/packaging/node-flags', 'utf8').split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(AGENT_FLAGS);
});

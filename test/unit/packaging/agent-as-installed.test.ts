import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGENT_ENVIRONMENT, AGENT_FLAGS } from '../../../scripts/virtual-village/hall.ts';

/** What is measured and tried in the virtual village is what the package installs. */

test('halls of the virtual village run with the flags of the package', () => {
  const lines = readFileSync('scripts/packaging/node-flags', 'utf8').split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(AGENT_FLAGS);
});

test('and in the environment of its unit', () => {
  const unit = readFileSync('scripts/packaging/debian/prakat.service', 'utf8');
  const written = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, words = '']) => words.split(' '));
  expect(Object.fromEntries(written.map((word) => word.split('=')))).toEqual(AGENT_ENVIRONMENT);
});

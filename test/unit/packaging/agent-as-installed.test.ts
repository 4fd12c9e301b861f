import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGENT_ENVIRONMENT } from '../../../scripts/virtual-village/hall.ts';

/** What is measured and tried in the virtual village is what the package installs. */

test('the package gives Node no flags: with one it compiles its own modules at each start', () => {
  expect(existsSync('scripts/packaging/node-flags')).toBe(false);
});

test('halls of the virtual village run in the environment of its unit', () => {
  const unit = readFileSync('scripts/packaging/debian/prakat.service', 'utf8');
  const written = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, words = '']) => words.split(' '));
  expect(Object.fromEntries(written.map((word) => word.split('=')))).toEqual(AGENT_ENVIRONMENT);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from './source-tree.ts';

const agents = readFileSync(join(REPOSITORY, 'AGENTS.md'), 'utf8');

it('AGENTS.md names the layers that architecture.test.ts enforces', () => {
  for (const word of [
    'firmware-protocol/content',
    'firmware-protocol/serial',
    'drivers/',
    'main.ts',
    'architecture.test.ts',
  ])
    expect(agents).toContain(word);
});

it('every file that AGENTS.md names is there', () => {
  const named = [
    ...agents.matchAll(/`((?:device|server|scripts|firmware-protocol|test)\/[\w./-]+\.tsx?)`/g),
  ].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
});

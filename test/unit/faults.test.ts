import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const TEST = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', TEST), 'utf8');
const rows = [...readme.matchAll(/^\| ((?:F\d+ )+).*\| (`.*`) \|$/gm)].map(([, faults = '', files = '']) => ({
  faults: faults.trim().split(' '),
  files: [...files.matchAll(/`([^`]+)`/g)].map(([, file]) => `${file}.test.ts`),
}));

describe('the table of faults in test/README.md', () => {
  it('has rows', () => expect(rows.length).toBeGreaterThan(15));

  it.each(rows.flatMap(({ faults, files }) => files.map((file) => [faults.join(' '), file])))(
    '%s is tested in %s',
    (_faults, file) => expect(existsSync(new URL(file, TEST))).toBe(true),
  );
});

import { describe, expect, it, test } from 'vitest';
import { compareVersions, placeOf, Version } from '../../../firmware-protocol/content/release.ts';
import {
  type ReleaseManifest,
  readManifest,
  writeManifest,
} from '../../../firmware-protocol/content/release-manifest.ts';

const HASH = 'ab'.repeat(32);
const FILE = { path: 'dist/device.cjs', sha256: HASH, bytes: 12, executable: false };
const GOOD: ReleaseManifest = { version: '0.2.0', architecture: 'arm64', files: [FILE] };

test('versions are ordered as numbers', () => {
  const sorted = ['0.10.0', '0.2.10', '1.0.0', '0.2.9'].sort(compareVersions);
  expect(sorted).toEqual(['0.2.9', '0.2.10', '0.10.0', '1.0.0']);
  expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
});

it.each(['1.2', '01.2.3', '1.2.3-rc1', '1.2.3.4', '', '1.2.999999', 'v1.2.3'])('%s is no version', (text) => {
  expect(Version.safeParse(text).success).toBe(false);
});

test('a share takes about as many halls, and a larger one the same halls first', () => {
  const halls = Array.from({ length: 2_000 }, (_, at) => `hall-${at}`);
  const within = (percent: number) => halls.filter((hall) => placeOf('0.2.0', hall, 'share') * 100 < percent);
  const five = within(5);
  expect(five.length).toBeGreaterThan(60);
  expect(five.length).toBeLessThan(140);
  expect(within(25)).toEqual(expect.arrayContaining(five));
  expect(placeOf('0.2.0', 'hall-1', 'spread')).not.toBe(placeOf('0.2.0', 'hall-1', 'share'));
});

describe('a manifest', () => {
  test('is read as it was written, sorted by path', () => {
    const files = [FILE, { path: 'a/ffmpeg', sha256: HASH, bytes: 7, executable: true }];
    const text = writeManifest({ ...GOOD, files });
    expect(text.split('\n')[2]).toBe(`${HASH}  a/ffmpeg`);
    expect(readManifest(text)).toEqual({ ...GOOD, files: [files[1], files[0]] });
  });

  const changed: [why: string, from: string, to: string][] = [
    ['leads out of its folder', 'dist/device.cjs', '../device.cjs'],
    ['begins at the root', 'dist/device.cjs', '/etc/passwd'],
    ['has an empty name', 'dist/device.cjs', 'dist//device.cjs'],
    ['holds a blank', 'dist/device.cjs', 'dist/de vice.mjs'],
    ['holds a backslash, which sha256sum reads otherwise', 'dist/device.cjs', 'dist\\device.cjs'],
    ['has a hash of another length', HASH, HASH.slice(2)],
    ['has no size', '# 12 -', '# -'],
    ['has a size beyond all', '# 12 -', '# 9999999999 -'],
    ['is for a machine that does not exist', 'arm64', 'riscv'],
    ['has a version that is none', '0.2.0', 'newest'],
  ];
  it.each(changed)('that %s is refused', (_why, from, to) => {
    expect(readManifest(writeManifest(GOOD).replace(from, to))).toHaveProperty('fault');
  });

  test('of nothing, of half a file, or of one file twice is refused', () => {
    const text = writeManifest(GOOD);
    const lines = text.trimEnd().split('\n');
    expect(readManifest('')).toHaveProperty('fault');
    expect(readManifest(`${lines[0]}\n`)).toHaveProperty('fault');
    expect(readManifest(lines.slice(0, 2).join('\n'))).toHaveProperty('fault');
    expect(readManifest([...lines, ...lines.slice(1)].join('\n'))).toEqual({
      fault: 'a file is named twice',
    });
  });
});

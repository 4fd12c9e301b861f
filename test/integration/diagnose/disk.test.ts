import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lookAtDisk } from '../../../scripts/technician/diagnose/looks/disk-look.ts';
import { all, identityWith, unexplained, visitWith } from './visiting.ts';

/** A small file system of its own, where this user may mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder]);
  onTestFinished(() => {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return status === 0 ? folder : undefined;
}

/** To the last page. */
function fill(folder: string): void {
  try {
    for (;;) writeFileSync(join(folder, 'fill'), Buffer.alloc(4_096), { flag: 'a' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

async function looked(folder: string) {
  const findings = await all(lookAtDisk(visitWith(identityWith('mqtt://127.0.0.1'), { data: folder })));
  expect(unexplained(findings)).toEqual([]);
  return Object.fromEntries(findings.map((finding) => [finding.step, finding]));
}

test('a card that is well is written and read back, and nothing is left on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await looked(folder)).toMatchObject({ 'disk-write': { result: expect.stringMatching(/ok|warn/) } });
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is not there is no broken card', async () => {
  expect(await looked('/nonexistent/prakat')).toMatchObject({
    'disk-room': { result: 'not-known', remedy: { en: expect.stringContaining('setup') } },
    'disk-write': { result: 'not-known' },
  });
});

test('a full card is emptied and not replaced; one that was made read-only is restarted', async ({
  skip,
}) => {
  const folder = smallDisk();
  if (folder === undefined) return skip('this user may not mount');
  fill(folder);
  const full = await looked(folder);
  expect(full['disk-room']).toMatchObject({
    ...{ result: 'fail', figure: { en: expect.stringContaining('ENOSPC') } },
    remedy: { en: expect.stringContaining('delete what is not prakat') },
  });
  // Of the card itself nothing is said: it takes nothing, and that is no fault of its own.
  expect(full['disk-write']?.result).not.toBe('fail');
  spawnSync('mount', ['-o', 'remount,ro', folder]);
  expect((await looked(folder))['disk-write']).toMatchObject({
    ...{ result: 'fail', figure: { en: expect.stringContaining('read-only') } },
    remedy: { en: expect.stringContaining('restart the box once') },
  });
});

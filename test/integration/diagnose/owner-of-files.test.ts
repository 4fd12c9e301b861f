import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { straysIn } from '../../../device/drivers/machine/strays.ts';
import { lookAtDisk } from '../../../scripts/technician/diagnose/looks/disk-look.ts';
import { all, identityWith, unexplained, visitWith } from './visiting.ts';

/** The folder of a hall, as its agent leaves it. */
function hallFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-owner-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'store'), { mode: 0o700 });
  writeFileSync(join(folder, 'store/hall.db'), 'x', { mode: 0o600 });
  writeFileSync(join(folder, 'identity.json'), '{}', { mode: 0o600 });
  writeFileSync(join(folder, 'speech.opus'), 'x', { mode: 0o644 });
  symlinkSync('/nonexistent', join(folder, 'link'));
  return folder;
}

describe('what lies in the folder of a hall', () => {
  test('is its own, as the agent leaves it', async () => {
    expect(await straysIn(hallFolder())).toEqual({ count: 0, first: '' });
  });

  test.each([
    ['a file that its owner may not write', 'store/hall.db', 0o400],
    ['a folder that its owner may not enter', 'store', 0o600],
    ['a secret that others may read', 'identity.json', 0o644],
  ])('%s is told by its name', async (_what, path, mode) => {
    const folder = hallFolder();
    chmodSync(join(folder, path), mode);
    expect(await straysIn(folder)).toEqual({ count: 1, first: path });
    chmodSync(join(folder, path), 0o700);
  });

  test('a file of root in the folder of the service is told, and what the disk itself keeps is not', async ({
    skip,
  }) => {
    if (process.getuid?.() !== 0) return skip('only root may give files away');
    const folder = hallFolder();
    for (const path of ['', 'store', 'store/hall.db', 'identity.json', 'speech.opus'])
      chownSync(join(folder, path), 4_242, 4_242);
    mkdirSync(join(folder, 'lost+found'), { mode: 0o700 });
    rmSync(join(folder, 'link'));
    // With which root tries the card while it looks.
    writeFileSync(join(folder, '.canary-diagnose'), 'x');
    expect(await straysIn(folder, '.canary-diagnose')).toEqual({ count: 0, first: '' });
    rmSync(join(folder, '.canary-diagnose'));
    writeFileSync(join(folder, 'store/hall.db-wal'), 'x', { mode: 0o600 });
    expect(await straysIn(folder)).toEqual({ count: 1, first: 'store/hall.db-wal' });
  });

  test('a folder that is not there is not known', async () => {
    expect(await straysIn('/nonexistent/prakat')).toBeUndefined();
  });
});

test('the technician reads whose they are and what to do, in both languages', async () => {
  const folder = hallFolder();
  const looked = async () => {
    const findings = await all(lookAtDisk(visitWith(identityWith('mqtt://127.0.0.1'), { data: folder })));
    expect(unexplained(findings)).toEqual([]);
    return findings.find(({ step }) => step === 'disk-owner');
  };
  expect(await looked()).toMatchObject({ result: 'ok' });
  chmodSync(join(folder, 'store/hall.db'), 0o400);
  expect(await looked()).toMatchObject({
    result: 'warn',
    figure: {
      en: '1 file: store/hall.db (warning 220)',
      th: '1 ไฟล์ เช่น store/hall.db (เตือน 220)',
    },
    cause: { en: expect.stringContaining('as root'), th: expect.stringContaining('root') },
    remedy: { en: expect.stringContaining('chown -R'), th: expect.stringContaining('chown -R') },
  });
});

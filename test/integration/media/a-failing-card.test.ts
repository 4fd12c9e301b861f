import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { MediaFetcher } from '../../../device/media/fetcher.ts';
import { MediaRoom } from '../../../device/media/media-room.ts';
import { CAREFREE, sha256Of } from '../../contract/ports/memory-media.ts';

/** A real file system of a megabyte, where this user may mount one; elsewhere test/unit/media/media-room.test.ts has to do. */
const CARD = await mkdtemp(join(tmpdir(), 'prakat-card-'));
const mount = (...options: string[]) => {
  try {
    execFileSync(
      'mount',
      ['-t', 'tmpfs', '-o', ['size=1m', 'nr_inodes=16', ...options].join(), 'tmpfs', CARD],
      {
        stdio: 'ignore',
      },
    );
    return true;
  } catch {
    return false;
  }
};
const mayMount = mount();
if (mayMount) execFileSync('umount', [CARD]);
afterAll(() => rm(CARD, { recursive: true, force: true }));

const KEPT = Buffer.alloc(100_000, 'ข่าวเช้า');
const COMING = Buffer.alloc(300_000, 'ข่าวเที่ยง');
const given = new AbortController();
const PATIENCE = { timeout: 15_000, interval: 50 };

describe.runIf(mayMount)('a card of one megabyte', () => {
  const folder = join(CARD, 'media');
  const warnings = { raise: vi.fn(), clear: vi.fn() };
  let media: MediaFolder;
  let fetcher: MediaFetcher;

  beforeEach(async () => {
    mount();
    warnings.raise.mockClear();
    warnings.clear.mockClear();
    media = new MediaFolder({ folder, clock: systemClock });
    const needs = async () => [
      { sha256: sha256Of(KEPT), bytes: KEPT.length, why: 'programme' as const, dueMs: Date.now() },
      { sha256: sha256Of(COMING), bytes: COMING.length, why: 'programme' as const, dueMs: Date.now() },
    ];
    const limits = { bytes: 64_000_000, free_bytes: 0 };
    const room = new MediaRoom({ store: media, needs, clock: systemClock, warnings, limits });
    fetcher = new MediaFetcher({
      ...CAREFREE,
      ...{ store: media, room, warnings, clock: systemClock, random: { fraction: () => 0.02 } },
      source: {
        async *fetch(_sha256, from) {
          for (let at = from; at < COMING.length; at += 50_000) yield COMING.subarray(at, at + 50_000);
        },
      },
    });
    await media.append(sha256Of(KEPT), KEPT);
    await media.finish(sha256Of(KEPT));
  });
  afterEach(() => execFileSync('umount', [CARD]));

  const coming = () => fetcher.ensure(sha256Of(COMING), COMING.length, given.signal);

  /** While the card is ill the file that is there is given; when it is well, the other one comes without being asked for again. */
  async function expectRecovery(mend: () => Promise<void>): Promise<void> {
    const path = coming();
    await vi.waitFor(
      () => expect(warnings.raise).toHaveBeenCalledWith('media-disk', expect.anything()),
      PATIENCE,
    );
    expect(await readFile((await media.path(sha256Of(KEPT))) ?? '')).toEqual(KEPT);
    await mend();
    expect(await readFile(await path)).toEqual(COMING);
    expect(warnings.clear).toHaveBeenLastCalledWith('media-disk');
  }

  test('full, then free again (F5)', async () => {
    await writeFile(join(CARD, 'log'), Buffer.alloc(700_000));
    await expectRecovery(() => rm(join(CARD, 'log')));
  });

  test('out of inodes (F7)', async () => {
    await mkdir(join(CARD, 'many'));
    const fill = async () => {
      for (let index = 0; ; index++) await writeFile(join(CARD, 'many', String(index)), '');
    };
    await expect(fill()).rejects.toMatchObject({ code: 'ENOSPC' });
    await expectRecovery(() => rm(join(CARD, 'many'), { recursive: true }));
  });

  test('read-only (F6)', async () => {
    execFileSync('mount', ['-o', 'remount,ro', CARD]);
    await expectRecovery(async () => void execFileSync('mount', ['-o', 'remount,rw', CARD]));
  });

  test('full of what nobody needs: that goes, at once', async () => {
    const old = Buffer.alloc(800_000, 'ข่าวเก่า');
    await media.append(sha256Of(old), old);
    await media.finish(sha256Of(old));
    expect(await readFile(await coming())).toEqual(COMING);
    expect(await media.path(sha256Of(old))).toBeUndefined();
    expect(await media.path(sha256Of(KEPT))).toBeDefined();
    expect(warnings.raise).not.toHaveBeenCalled();
  });
});

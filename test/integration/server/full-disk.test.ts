import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { Town } from './town.ts';

/** A disk of its own, where this user may mount one; elsewhere test/integration/database/full-sqlite.test.ts has to do. */
const DISK = mkdtempSync(join(tmpdir(), 'prakat-disk-'));
const mayMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', DISK]).status === 0;

/** More than fits into the pages that the file has. */
const REPORTS = 150;
const WITHIN = { timeout: 20_000 };

describe.skipIf(!mayMount)('a server whose disk is full', () => {
  afterAll(() => {
    if (mayMount) execFileSync('umount', ['-l', DISK]);
    rmSync(DISK, { recursive: true, force: true });
  });

  it('says so, receipts no report, and goes on by itself when there is room', async () => {
    const town = await Town.found('embedded', { data: join(DISK, 'data') });
    const hall = await town.hall('hall-mae', '43010101');
    const { order } = await town.ask('push', { to: ['43'], text: 'น้ำป่าหลาก' });
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order));
    const filler = join(DISK, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);

    const long = { type: 'booted', version: '1'.repeat(60), clean: true } as const;
    hall.did(...Array.from({ length: REPORTS - 1 }, () => long));
    hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
    await hall.report();
    const push = { to: ['43'], text: 'ขึ้นที่สูง', transaction: 1_000 };
    const refused = await town.answer('push', JSON.stringify(push), 1_000);
    expect(refused).toMatchObject({ status: 'error', error: { code: 'database-down' } });
    expect(JSON.stringify(refused)).toContain('ดิสก์เต็ม');
    expect(JSON.stringify(refused)).toContain('its disk is full');
    expect(hall.heard('/receipt')).toEqual([]);
    // What is there is read.
    expect((await town.row('hall-mae'))?.reports_stored).toBe(0);

    await rm(filler);
    const [report] = hall.reports.slice(-1);
    await vi.waitFor(
      () =>
        expect(hall.heard('/receipt')).toMatchObject([{ up_to: REPORTS, hash: report && hashOf(report) }]),
      WITHIN,
    );
    const { order: next } = await town.ask('push', { to: ['43'], text: 'ขึ้นที่สูง' });
    await vi.waitFor(() => expect(hall.orderIds()).toContain(next), WITHIN);
    expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'accepted' });
    expect(hall.orderIds()).toHaveLength(2);
    await town.close();
  });
});

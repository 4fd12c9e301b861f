import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change, Store } from '../../../device/ports.ts';
import { chainFault, FIRST_PREV, hashOf, type Report } from '../../../firmware-protocol/content/report.ts';
import { DocumentMaker } from './documents.ts';
import { claimOf, ended, stamped, started } from './store-records.ts';

/** One place where a store lives. */
export interface StoreBench {
  /**
   * Opens it; a second time = the agent starts again on the same data. `reportBytes`: what reports may take; absent: as much as
   * they need here.
   */
  open(reportBytes?: number): Promise<Store>;
  end(): Promise<void>;
}

/** What every store must do. `make` is called before each test. */
export function storeSuite(name: string, make: () => Promise<StoreBench>): void {
  describe(`${name} is a store`, () => {
    const documents = new DocumentMaker();
    let bench: StoreBench;
    let store: Store;
    const restart = async () => {
      await store.close();
      store = await bench.open();
    };

    beforeEach(async () => {
      bench = await make();
      store = await bench.open();
    });
    afterEach(async () => {
      await store.close();
      await bench.end();
    });

    test('starts empty', async () => {
      expect(await store.lastReport()).toEqual({ n: 0, hash: FIRST_PREV });
      expect(await store.reports(10)).toEqual([]);
      expect(await store.waiting()).toBe(0);
      expect(await store.openClaims()).toEqual([]);
      expect(await store.claim('none', 'tower')).toBeUndefined();
      expect(await store.programmes()).toEqual([]);
      expect(await store.keys()).toBeUndefined();
      expect(await store.fact('boot')).toBeUndefined();
      expect(await store.reportHash(1)).toBeUndefined();
    });

    test('numbers reports from 1 and chains them, over restarts', async () => {
      await store.commit({ reports: [stamped(started('a')), stamped(ended('a'))] });
      await restart();
      await store.commit({ reports: [stamped(started('b'), 2)] });
      const reports = await store.reports(10);
      expect(reports.map(({ n, event }) => [n, event.type])).toEqual([
        [1, 'started'],
        [2, 'ended'],
        [3, 'started'],
      ]);
      expect(chainFault(reports, { n: 0, hash: FIRST_PREV })).toBeUndefined();
      expect(await store.lastReport()).toEqual({ n: 3, hash: hashOf(reports.at(-1) as Report) });
      expect(await store.reportHash(2)).toBe(reports[2]?.prev);
      expect(await store.reports(2)).toHaveLength(2);
    });

    test('forgets reports only when receipted, and keeps counting above them', async () => {
      await store.commit({ reports: ['a', 'b', 'c'].map((play) => stamped(started(play))) });
      const last = await store.lastReport();
      await store.commit({ receipted: 2 });
      expect((await store.reports(10)).map(({ n }) => n)).toEqual([3]);
      expect(await store.waiting()).toBe(1);
      await store.commit({ receipted: 3 });
      await restart();
      expect(await store.reports(10)).toEqual([]);
      expect(await store.lastReport()).toEqual(last);
      expect(await store.reportHash(3)).toBe(last.hash);
      expect(await store.reportHash(2)).toBeUndefined();
      await store.commit({ reports: [stamped(started('d'))] });
      expect((await store.reports(10))[0]).toMatchObject({ n: 4, prev: last.hash });
    });

    test('keeps one claim per play and output, with its document until it ends', async () => {
      const panel = claimOf('a', { output: 'panel' });
      await store.commit({ claims: [claimOf('a', { document: '{"raw":1}' }), panel] });
      await store.commit({ claims: [claimOf('a', { state: 'started' })] });
      await restart();
      expect(await store.claim('a', 'tower')).toEqual(
        claimOf('a', { state: 'started', document: '{"raw":1}' }),
      );
      expect(await store.claim('a', 'panel')).toEqual(panel);
      await store.commit({ claims: [claimOf('a', { state: 'ended', outcome: 'finished' })] });
      expect(await store.claim('a', 'tower')).toEqual(claimOf('a', { state: 'ended', outcome: 'finished' }));
      expect(await store.openClaims()).toEqual([panel]);
    });

    test('says in one answer which plays were claimed, on whatever output, whether they ended or not', async () => {
      const over = claimOf('over', { output: 'panel', state: 'ended', outcome: 'finished' });
      await store.commit({ claims: [claimOf('open'), claimOf('open', { output: 'panel' }), over] });
      await restart();
      const { plays, forgotBefore } = await store.claimed(['over', 'never', "o'clock", 'open']);
      expect(plays.toSorted()).toEqual(['open', 'over']);
      expect(forgotBefore).toBe(0);
      expect(await store.claimed([])).toEqual({ plays: [], forgotBefore: 0 });
    });

    test('gives open claims in the order in which they were made', async () => {
      await store.commit({ claims: [claimOf('b', { at: 9 }), claimOf('a', { at: 8 })] });
      await store.commit({ claims: [claimOf('0', { boot: 2, at: 1 })] });
      await store.commit({ claims: [claimOf('b', { at: 9, state: 'started' })] });
      expect((await store.openClaims()).map(({ play }) => play)).toEqual(['b', 'a', '0']);
    });

    test('forgets a claim only when it ended and need not be remembered', async () => {
      const over = { state: 'ended', outcome: 'finished' } as const;
      await store.commit({
        claims: [
          claimOf('open', { keep_until: 10 }),
          claimOf('young', { ...over, keep_until: 2_000 }),
          claimOf('old', { ...over, keep_until: 10 }),
        ],
      });
      await store.commit({ forgetClaimsBefore: 2_000 });
      expect(await store.claim('open', 'tower')).toBeDefined();
      expect(await store.claim('young', 'tower')).toBeDefined();
      expect(await store.claim('old', 'tower')).toBeUndefined();
    });

    test('keeps the newest programme of each area, and the newest key set', async () => {
      await store.commit({
        programmes: [documents.programme('43', 1), documents.programme('4301', 7)],
        keys: documents.keys(1),
      });
      const second = documents.programme('43', 2, 'เปลี่ยนรายการ');
      await store.commit({ programmes: [second], keys: documents.keys(2) });
      await restart();
      expect((await store.programmes()).map(({ programme: { area, version } }) => [area, version])).toEqual([
        ['43', 2],
        ['4301', 7],
      ]);
      expect(await store.programmes()).toContainEqual(second);
      expect(await store.keys()).toEqual(documents.keys(2).set);
    });

    test('never lets a version go down (I4)', async () => {
      await store.commit({ programmes: [documents.programme('43', 5)], keys: documents.keys(3) });
      await expect(store.commit({ programmes: [documents.programme('43', 4)] })).rejects.toThrow(/older/);
      await expect(store.commit({ keys: documents.keys(2) })).rejects.toThrow(/older/);
      expect((await store.programmes())[0]?.programme.version).toBe(5);
      expect((await store.keys())?.version).toBe(3);
    });

    test('takes a programme away that is believed no more, and a lower version after it or with it', async () => {
      const highest = Number.MAX_SAFE_INTEGER;
      await store.commit({
        programmes: [documents.programme('43', highest), documents.programme('4301', 1)],
      });
      await store.commit({ withdrawn: [{ area: '43', version: 7 }] });
      await restart();
      const held = async () =>
        (await store.programmes())
          .sort((one, other) => one.programme.area.length - other.programme.area.length)
          .map(({ programme: { version } }) => version);
      expect(await held()).toEqual([highest, 1]);
      const gone = [{ area: '43', version: highest }];
      await store.commit({ withdrawn: gone, programmes: [documents.programme('43', 2)] });
      expect(await held()).toEqual([2, 1]);
      await store.commit({ withdrawn: [{ area: '43', version: 2 }] });
      await restart();
      expect(await held()).toEqual([1]);
      await store.commit({ programmes: [documents.programme('43', 1)] });
      expect(await held()).toEqual([1, 1]);
    });

    test('gives all facts whose names begin alike', async () => {
      const floors = { 'programme-floor/43/a': '7', 'programme-floor/43/b': '9' };
      await store.commit({ facts: { ...floors, 'programme-through': '1', boot: '2' } });
      await store.commit({ facts: { 'programme-floor/43/a': '6' } });
      await restart();
      expect(await store.facts('programme-floor/')).toEqual(floors);
      expect(await store.facts('none')).toEqual({});
    });

    test('changes all of a commit or nothing of it', async () => {
      await store.commit({ programmes: [documents.programme('43', 5)] });
      const change: Change = {
        claims: [claimOf('a')],
        reports: [stamped(started('a'))],
        facts: { boot: '9' },
        programmes: [documents.programme('43', 4)],
      };
      await expect(store.commit(change)).rejects.toThrow();
      expect(await store.claim('a', 'tower')).toBeUndefined();
      expect(await store.reports(10)).toEqual([]);
      expect(await store.fact('boot')).toBeUndefined();
      expect(await store.lastReport()).toMatchObject({ n: 0 });
    });

    test('keeps facts, never lets boot go down, and the floor of the clock only as it is told', async () => {
      await store.commit({ facts: { boot: '7', 'wall-floor': '1000', 'clean-boot': '6' } });
      await store.commit({ facts: { boot: '5', 'wall-floor': '2000', 'clean-boot': '5' } });
      await restart();
      expect(await store.fact('boot')).toBe('7');
      expect(await store.fact('wall-floor')).toBe('2000');
      // A key that was stolen had told another time.
      await store.commit({ facts: { 'wall-floor': '1500' } });
      await restart();
      expect(await store.fact('wall-floor')).toBe('1500');
      expect(await store.fact('clean-boot')).toBe('5');
    });

    test('stays within its budget: health goes first, proof stays, and what is gone is told (I5)', async () => {
      await store.close();
      store = await bench.open(48 * 1_024);
      for (let play = 0; play < 100; play += 1) {
        const health = stamped({ type: 'warning', code: 'store-full', raised: play % 2 === 0 });
        const told = [stamped(started(`play-${play}`)), stamped(ended(`play-${play}`))];
        await store.commit({ reports: [health, ...told, health, health] });
      }
      const reports = await store.reports(1_000);
      expect(JSON.stringify(reports).length).toBeLessThan(50 * 1_024);
      expect(reports.filter(({ event }) => event.type === 'ended')).toHaveLength(100);
      expect(reports.filter(({ event }) => event.type === 'started').length).toBeGreaterThan(0);
      const gone = reports.flatMap(({ event }) => (event.type === 'dropped' ? [event] : []));
      const held = new Set(reports.map(({ n }) => n));
      for (let n = 1; n <= (await store.lastReport()).n; n += 1)
        expect(held.has(n) || gone.some(({ first, last }) => first <= n && n <= last), `${n}`).toBe(true);
    });

    test('takes commits at once in the order in which they were asked for', async () => {
      const plays = Array.from({ length: 20 }, (_, index) => `play-${index}`);
      await Promise.all(plays.map((play) => store.commit({ reports: [stamped(started(play))] })));
      const reports = await store.reports(100);
      expect(reports.map(({ event }) => 'play' in event && event.play)).toEqual(plays);
      expect(chainFault(reports)).toBeUndefined();
    });
  });
}

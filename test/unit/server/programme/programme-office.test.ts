import { beforeEach, describe, expect, it } from 'vitest';
import {
  ProgrammeEntry as Entry,
  PROGRAMME_LIMITS,
  Programme,
  type ProgrammeEntry,
} from '../../../../firmware-protocol/content/programme.ts';
import {
  newKeyPair,
  type SigningKey,
  signed,
  signingKey,
  verifies,
} from '../../../../firmware-protocol/content/signature.ts';
import { ServerError } from '../../../../server/errors.ts';
import type { BrokerMessage } from '../../../../server/ports.ts';
import { PROGRAMME_LIFE, ProgrammeOffice } from '../../../../server/programme/programme-office.ts';
import { DocumentMaker } from '../../../contract/ports/documents.ts';

const DAY_MS = 86_400_000;
const { seed, publicKey } = newKeyPair();
const key = signingKey('server', seed);
const documents = new DocumentMaker();
const evening: ProgrammeEntry = Entry.parse({
  id: 'evening',
  starts: '2026-11-13T18:30:00',
  rule: 'FREQ=DAILY',
  band: 40,
  announcement: { title: 'ข่าวเย็น', panel: { pages: [{ text: 'สวัสดีตอนเย็น' }] } },
});

let now: number;
let stored: Programme[];
let published: BrokerMessage[];
let brokerIsUp: boolean;
let timers: (() => void)[];
let broken: string | undefined;
let office: ProgrammeOffice;
let signs: SigningKey;
let trusted: SigningKey[];

beforeEach(() => {
  now = Date.parse('2026-11-13T12:00:00+07:00');
  [stored, published, timers, brokerIsUp, broken] = [[], [], [], true, undefined];
  [signs, trusted] = [key, [key]];
  office = new ProgrammeOffice({
    programmes: {
      current: async (area) => stored.filter((each) => each.area === area).at(-1),
      version: async (area, version) => {
        const programme = stored.find((each) => each.area === area && each.version === version);
        return programme && { programme, source: undefined };
      },
      published: async () => [],
      heads: async () => [...new Map(stored.map(({ area, version }) => [area, { area, version }])).values()],
      those: async (heads) =>
        stored.filter((each) =>
          heads.some(({ area, version }) => each.area === area && each.version === version),
        ),
      add: async (programme) => {
        if (programme.area === broken) throw new Error('SQLITE_FULL');
        if (stored.some(({ area, version }) => area === programme.area && version === programme.version))
          throw new Error('UNIQUE constraint failed');
        stored.push(programme);
      },
    },
    signer: { sign: async (document) => signed(document, signs) },
    keys: () => documents.keys(1, { keys: trusted.map(documents.scoped) }).set,
    broker: {
      publish: async (message) => {
        if (!brokerIsUp) throw new ServerError('broker-down');
        published.push(message);
      },
    },
    clock: {
      wall: () => now,
      monotonic: () => now,
      after: (_ms, call) => {
        timers.push(call);
        return () => {};
      },
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
});

describe('programme office', () => {
  it('signs, stores and publishes the next version, retained', async () => {
    await office.replace('4301', [evening], 'somchai');
    await office.replace('4301', [], 'malee');
    expect(stored.map(({ version, by, entries }) => [version, by, entries.length])).toEqual([
      [1, 'somchai', 1],
      [2, 'malee', 0],
    ]);
    expect(published.map(({ topic, qos, retained }) => [topic, qos, retained])).toEqual(
      Array(2).fill(['prakat/v1/43/area/4301/programme', 1, true]),
    );
    const document: object = JSON.parse(Buffer.from(published[0]?.payload ?? []).toString());
    expect(verifies(document, Programme.parse(document).signature, publicKey)).toBe(true);
  });

  it('makes one version after the other for two writers at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((by) => office.replace('th', [evening], by)));
    expect(stored.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(published[0]?.topic).toBe('prakat/v1/th/area/th/programme');
  });

  it('keeps what a broker that is away did not take, and publishes it when it is back', async () => {
    brokerIsUp = false;
    await office.replace('43', [evening], 'somchai');
    expect([stored.length, published.length]).toEqual([1, 0]);
    brokerIsUp = true;
    await office.publishAll();
    expect(published).toHaveLength(1);
  });

  it('never publishes an old version after the new one, when the broker comes back meanwhile', async () => {
    await office.replace('43', [evening], 'somchai');
    published.splice(0);
    await Promise.all([office.publishAll(), office.replace('43', [], 'somchai'), office.publishAll()]);
    const versions = published.map(({ payload }) => JSON.parse(Buffer.from(payload).toString()).version);
    expect(versions).toEqual([1, 2, 2]);
  });

  it('renews the others when one cannot be', async () => {
    await office.replace('43', [evening], 'somchai');
    await office.replace('57', [evening], 'malee');
    now += PROGRAMME_LIFE.validDays * DAY_MS;
    broken = '43';
    await office.renewDue();
    expect(stored.filter(({ version }) => version === 2).map(({ area }) => area)).toEqual(['57']);
  });

  it('renews what nobody changed before halls would have less than 30 days', async () => {
    await office.replace('43', [evening], 'somchai');
    now += (PROGRAMME_LIFE.validDays - PROGRAMME_LIFE.renewWhenLeftDays - 1) * DAY_MS;
    await office.renewDue();
    expect(stored).toHaveLength(1);
    now += 2 * DAY_MS;
    await office.renewDue();
    expect(stored.at(-1)).toMatchObject({ version: 2, by: 'somchai', entries: [{ id: 'evening' }] });
    expect(Date.parse(stored.at(-1)?.valid_until ?? '') - now).toBe(PROGRAMME_LIFE.validDays * DAY_MS);
  });

  it('issues anew what was issued while the clock was ahead: halls refuse what comes from the future', async () => {
    now += 365 * DAY_MS;
    await office.replace('43', [evening], 'somchai');
    now -= 365 * DAY_MS;
    await office.renewDue();
    expect(stored.at(-1)).toMatchObject({ version: 2, by: 'somchai' });
    expect(Date.parse(stored.at(-1)?.issued_at ?? '')).toBe(now);
  });

  it('renews when it starts, and goes on by its timer', async () => {
    await office.replace('43', [evening], 'somchai');
    for (const version of [2, 3]) {
      now += PROGRAMME_LIFE.validDays * DAY_MS;
      if (version === 2) office.start();
      else timers.at(-1)?.();
      await office.stop();
      expect(stored.at(-1)?.version).toBe(version);
    }
    expect(timers).toHaveLength(2);
  });

  it('gives none a longer life than halls take', () => {
    expect(PROGRAMME_LIFE.validDays * DAY_MS).toBeLessThanOrEqual(PROGRAMME_LIMITS.lifeMs / 2);
  });

  it('signs anew what halls believe no more, and says all else again: a thief may have put something in its place', async () => {
    await office.replace('43', [evening], 'somchai');
    signs = signingKey('server-2', newKeyPair().seed);
    trusted = [key, signs];
    await office.replace('57', [evening], 'malee');
    trusted = [signs];
    published.splice(0);
    await office.keysChanged();
    const said = published.map(({ payload }) => Programme.parse(JSON.parse(Buffer.from(payload).toString())));
    expect(said.map(({ area, version, signature }) => [area, version, signature.key])).toEqual([
      ['43', 2, 'server-2'],
      ['57', 1, 'server-2'],
    ]);
  });

  it('signs anew at its start what a key signed that was taken out while it was down', async () => {
    await office.replace('43', [evening], 'somchai');
    signs = signingKey('server-2', newKeyPair().seed);
    trusted = [signs];
    office.start();
    await office.stop();
    expect(stored.at(-1)).toMatchObject({ version: 2, by: 'somchai', signature: { key: 'server-2' } });
    await office.renewDue();
    expect(stored).toHaveLength(2);
  });

  it('refuses a programme that no message could carry, and stores nothing of it', async () => {
    const pages = Array.from({ length: 20 }, () => ({ text: 'น'.repeat(2_000), seconds: 10 }));
    const long = { ...evening, announcement: { ...evening.announcement, panel: { pages, times: 1 } } };
    const entries = Array.from({ length: 5 }, (_, index) => ({ ...long, id: `e${index}` }));
    await expect(office.replace('43', entries, 'somchai')).rejects.toMatchObject({
      code: 'request-too-large',
    });
    expect([stored.length, published.length]).toEqual([0, 0]);
  });
});

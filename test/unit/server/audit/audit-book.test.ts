import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIT_START, followChain } from '../../../../firmware-protocol/content/audit.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { DOCUMENT_BYTES } from '../../../../server/audit/audit-fact.ts';
import { LOG_ON_LIMITS, LogOnRecord } from '../../../../server/audit/log-on-record.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { ServerError } from '../../../../server/errors.ts';
import { HandClock } from '../hand-clock.ts';
import { silent } from '../office.ts';
import { paperAudit } from './paper-audit.ts';

const clock = new HandClock();
const fact = { who: 'somchai', act: 'request/push', outcome: 'asked' as const };

it('every line follows the one before, also when many are written at once', async () => {
  const db = await openDatabase(':memory:');
  const book = new AuditBook({ db, clock });
  const entries = await Promise.all(
    Array.from({ length: 450 }, (_, at) => book.write({ ...fact, document: { text: `น้ำท่วม ${at}` } })),
  );
  expect(entries.map(({ n }) => n)).toEqual(Array.from({ length: 450 }, (_, at) => at + 1));
  const lines = await book.lines(0, 1_000);
  expect(followChain(lines, AUDIT_START)).toEqual({ head: await book.head() });
  expect(await book.lines(449, 10)).toEqual(lines.slice(449));
});

it('two programs at one database write one chain', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-audit-'));
  try {
    const [server, machine] = [
      await openDatabase(join(folder, 'server.db')),
      await openDatabase(join(folder, 'server.db')),
    ];
    const books = [new AuditBook({ db: server, clock }), new AuditBook({ db: machine, clock })];
    for (let round = 0; round < 10; round++)
      for (const [at, book] of books.entries()) await book.write({ ...fact, who: `writer-${at}` });
    const lines = (await books[0]?.lines(0, 100)) ?? [];
    expect(lines.length).toBe(20);
    expect(followChain(lines, AUDIT_START).fault).toBeUndefined();
    await server.close();
    await machine.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('what was done and what failed is written with what was asked', async () => {
  const { book, told } = paperAudit(() => clock.wall());
  const push = { who: 'somchai', act: 'request/push', document: { to: ['43'] } };
  await book.recorded(
    push,
    async () => ({ order: 'A', code: 'secret' }),
    ({ order }) => ({ order }),
  );
  await expect(
    book.recorded(push, async () => {
      throw new ServerError('outside-scope', { context: { area: '43' } });
    }),
  ).rejects.toMatchObject({ code: 'outside-scope' });
  expect(told()).toMatchObject([
    { n: 1, who: 'somchai', act: 'request/push', outcome: 'asked', document: { to: ['43'] } },
    { n: 2, outcome: 'done', of: 1, result: { order: 'A' } },
    { n: 3, outcome: 'asked' },
    { n: 4, outcome: 'refused', of: 3, code: 'outside-scope' },
  ]);
  expect(JSON.stringify(told())).not.toContain('secret');
});

it('what cannot be written down is not done', async () => {
  const broken = { audit: expectNever, amongOthers: () => Promise.reject(new Error('the disk is full')) };
  const book = new AuditBook({ db: broken as never, clock });
  let done = false;
  const work = async () => {
    done = true;
  };
  await expect(book.recorded({ who: 'somchai', act: 'request/push' }, work)).rejects.toThrow('disk is full');
  expect(done).toBe(false);
});

it('a long request is told by its hash', async () => {
  const { book, told } = paperAudit(() => clock.wall());
  await book.write({ ...fact, document: { text: 'ก'.repeat(DOCUMENT_BYTES) } });
  expect(told()).toEqual([expect.objectContaining({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })]);
  expect(told()[0]).not.toHaveProperty('document');
});

it('a flood of wrong passwords is counted, not written', async () => {
  const { book, told } = paperAudit(() => clock.wall());
  const record = new LogOnRecord({ audit: book, clock, log: silent });
  const { refusedEachMinute } = LOG_ON_LIMITS;
  for (let guess = 0; guess < refusedEachMinute + 40; guess++)
    record.refused({ who: 'somchai', from: '10.6.6.6' });
  await clock.advance(60_000);
  record.refused({ who: 'somchai', from: '10.6.6.6' });
  await expect.poll(() => told().length).toBe(refusedEachMinute + 1);
  expect(told().at(-1)).toMatchObject({ outcome: 'refused', result: { left_out_before: 40 } });
});

function expectNever(): never {
  throw new Error('this table must not be read');
}

it.each([
  ['half a surrogate pair', 'น้ำท่วม \ud800'],
  ['a number that is none', Number.NaN],
])('a line that cannot be written (%s) takes no line of others with it', async (_what, text) => {
  const book = new AuditBook({ db: await openDatabase(':memory:'), clock });
  const [first, bad, last] = await Promise.allSettled([
    book.write({ ...fact, document: { text: 'ก่อน' } }),
    book.write({ ...fact, document: { text } }),
    book.write({ ...fact, document: { text: 'หลัง' } }),
  ]);
  expect([first.status, bad.status, last.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await book.lines(0, 10)).toHaveLength(2);
});

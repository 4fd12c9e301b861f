import { expect, test } from 'vitest';
import { fail, isAway, isUnheard } from '../../../../server/drivers/database/postgres-faults.ts';

const coded = (code: string) => Object.assign(new Error(`write ${code}`), { code });

test.each(['EPIPE', 'ECONNRESET', 'ETIMEDOUT', '08006', '57P01', '53100'])(
  '%s: the database is away',
  (code) => {
    expect(isAway(coded(code))).toBe(true);
    expect(() => fail(coded(code))).toThrow(expect.objectContaining({ code: 'database-down' }));
  },
);

test.each(['22P02', '23505', '40001', 'P0001'])('%s is what it is', (code) => {
  expect(isAway(coded(code))).toBe(false);
  expect(() => fail(coded(code))).toThrow(`write ${code}`);
});

test.each(['EPIPE', 'ECONNRESET', '57P01', 'ECONNREFUSED'])(
  '%s says nothing of what was asked last',
  (code) => {
    expect(isUnheard(coded(code))).toBe(true);
  },
);

test.each(['53100', '25006', '57014', '40001'])('%s says that it was not done', (code) => {
  expect(isUnheard(coded(code))).toBe(false);
});

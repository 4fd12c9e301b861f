import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Sha256 } from '../../../firmware-protocol/content/announcement.ts';
import { chainFault, hashOf, Report } from '../../../firmware-protocol/content/report.ts';
import { readVectors } from './read-vectors.ts';

/** As it came: a hash is over members that this version does not know, too. */
const RawReport = z.looseObject({ n: z.int(), prev: Sha256 });

const vectors = readVectors(
  'report-chain.json',
  z.object({
    reports: z.array(RawReport),
    hashes: z.array(Sha256),
    cases: z.array(
      z.object({
        name: z.string(),
        before: z.object({ n: z.int(), hash: Sha256 }).optional(),
        reports: z.array(RawReport),
        fault: z.string().nullable(),
      }),
    ),
  }),
);

describe('the chain of reports', () => {
  it('has these hashes', () => {
    expect(vectors.reports.map(hashOf)).toEqual(vectors.hashes);
  });

  it.each(vectors.cases)('$name: $fault', ({ reports, before, fault }) => {
    for (const report of reports) expect(Report.safeParse(report)).toMatchObject({ success: true });
    expect(chainFault(reports, before) ?? null).toBe(fault);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ServerError } from '../../../../server/errors.ts';
import { addHall } from '../office.ts';
import { openProvince, type Province } from './province.ts';

let province: Province;
/** After each commit: what was asked and how it ended, and the kinds of what is to be sent. */
let commits: { acts: string[]; kinds: string[] }[];
let order: string;

beforeEach(async () => {
  province = await openProvince();
  await addHall(province.db, 'hall-mae', '43010101');
  ({ order } = await province.ask('push', { to: ['43'], text: 'น้ำท่วม', kind: 'alert' }));
  commits = [];
  const { db, clock } = province;
  const quiet = db.amongOthers;
  db.amongOthers = async (work) => {
    const done = await quiet(work);
    const acts = (await db.audit.lines(2, 10)).map((line) => JSON.parse(line).outcome);
    commits.push({ acts, kinds: (await db.orders.alive(clock.wall(), 10)).map(({ kind }) => kind) });
    return done;
  };
});

const endedInOneGo = { acts: ['asked'], kinds: ['all-clear', 'alert'] };

describe('an alert is cleared', () => {
  it('by one commit for the line that says who asked and the all-clear', async () => {
    await province.ask('stop', { order });
    expect(commits[0]).toEqual(endedInOneGo);
    expect(commits.at(-1)?.acts).toEqual(['asked', 'done']);
  });

  it('by the end that was signed with it, in the same way, where the signer is away', async () => {
    province.signer.sign = async () => {
      throw new ServerError('signer-away');
    };
    await province.ask('stop', { order });
    expect(commits[0]).toEqual(endedInOneGo);
    expect(commits.at(-1)?.acts).toEqual(['asked', 'done']);
  });

  it('not at all where the signer says no: that it was asked, and refused, is written', async () => {
    province.signer.sign = async () => {
      throw new ServerError('signer-refused', { context: { why: 'unknown-key' } });
    };
    expect(await province.answer('somchai', 'stop', { order })).toMatchObject({
      error: { code: 'signer-refused' },
    });
    expect(commits.at(-1)).toEqual({ acts: ['asked', 'refused'], kinds: ['alert'] });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ServerError } from '../../../../server/errors.ts';
import { GroupCommit } from '../../../../server/fleet/group-commit.ts';
import { settled } from '../hand-clock.ts';

let groups: number[][];
let finish: (() => void)[];
let commit: GroupCommit<number, string>;

beforeEach(() => {
  groups = [];
  finish = [];
  commit = new GroupCommit({
    most: 3,
    store: async (group) => {
      groups.push(group);
      await new Promise<void>((resolve) => finish.push(resolve));
      if (group.includes(13)) throw new Error('13 cannot be stored');
      if (group.includes(99)) throw new ServerError('database-down', { context: { why: 'gone' } });
      return group.map((n) => `stored ${n}`);
    },
  });
});

const endGroups = async () => {
  for (let turn = 0; turn < 10; turn++) {
    for (const end of finish.splice(0)) end();
    await settled();
  }
};

describe('what comes', () => {
  it('alone is stored at once; what comes meanwhile, together by the next commit, as many as fit', async () => {
    const answers = Promise.all([1, 2, 3, 4, 5].map((n) => commit.put(n)));
    expect(groups).toEqual([[1]]);
    await endGroups();
    expect(groups).toEqual([[1], [2, 3, 4], [5]]);
    expect(await answers).toEqual([1, 2, 3, 4, 5].map((n) => `stored ${n}`));
  });

  it('is answered only when its own commit is over', async () => {
    let answered = false;
    void commit.put(1).then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    await endGroups();
    expect(answered).toBe(true);
  });
});

describe('one that cannot be stored', () => {
  it('takes no other with it', async () => {
    const ends = Promise.allSettled([1, 2, 13, 4].map((n) => commit.put(n)));
    await endGroups();
    expect((await ends).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(groups).toEqual([[1], [2, 13, 4], [2], [13], [4]]);
  });

  it('because the database is away is not tried alone', async () => {
    const ends = Promise.allSettled([1, 2, 99].map((n) => commit.put(n)));
    await endGroups();
    expect((await ends).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(groups).toEqual([[1], [2, 99]]);
  });
});

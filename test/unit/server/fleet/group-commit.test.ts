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
  it('alone waits for nobody; what comes meanwhile is stored together by the next commit, as many as fit', async () => {
    const first = commit.put(1);
    await settled();
    expect(groups).toEqual([[1]]);
    const others = [2, 3, 4, 5].map((n) => commit.put(n));
    await endGroups();
    expect(groups).toEqual([[1], [2, 3, 4], [5]]);
    expect(await Promise.all([first, ...others])).toEqual([1, 2, 3, 4, 5].map((n) => `stored ${n}`));
  });

  it('in one turn, though each by a call of its own, goes together', async () => {
    for (const n of [1, 2]) void Promise.resolve(n).then((each) => commit.put(each));
    await settled();
    expect(groups).toEqual([[1, 2]]);
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
    const ends = Promise.allSettled([2, 13, 4].map((n) => commit.put(n)));
    await endGroups();
    expect((await ends).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[2, 13, 4], [2], [13], [4]]);
  });

  it('because the database is away is not tried alone', async () => {
    const ends = Promise.allSettled([2, 99].map((n) => commit.put(n)));
    await endGroups();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(groups).toEqual([[2, 99]]);
  });
});

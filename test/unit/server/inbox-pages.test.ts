import { beforeEach, describe, expect, it } from 'vitest';
import { ServerError } from '../../../server/errors.ts';
import { Inbox } from '../../../server/inbox.ts';
import { settled } from './hand-clock.ts';

/** `mae/health 1`: of whom, and what; those of `health` are handled by the page. */
let inbox: Inbox<string>;
let begun: string[];
let goOn: (() => void)[];
let complaints: unknown[];

beforeEach(() => {
  begun = [];
  goOn = [];
  complaints = [];
  const held = async (what: string) => {
    begun.push(what);
    await new Promise<void>((resolve) => goOn.push(resolve));
    if (what.includes('bad')) throw new Error(`${what} cannot be stored`);
    if (what.includes('away')) throw new ServerError('database-down', { context: { why: 'gone' } });
  };
  inbox = new Inbox<string>({
    name: 'test',
    limit: { items: 100, bytes: 1_000, itemsOfOne: 10 },
    senderOf: (item) => item.split('/')[0] ?? '',
    bytesOf: (item) => item.length,
    order: 'by-sender',
    atOnce: 2,
    handle: held,
    pages: {
      takes: (item) => item.includes('health'),
      most: 3,
      atOnce: 2,
      handle: (page) => held(page.join('+')),
    },
    log: { info: () => {}, warn: () => {}, error: ({ error }) => complaints.push(String(error)) },
  });
});

const put = (...items: string[]) => {
  for (const item of items) inbox.put(item);
};
const end = async () => {
  goOn.shift()?.();
  await settled();
};
const endAll = async () => {
  for (let turn = 0; turn < 20; turn++) await end();
};

describe('what comes in masses', () => {
  it('is handled by the page, as many as fit, two pages at a time', async () => {
    put(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((sender) => `${sender}/health`));
    await settled();
    expect(begun).toEqual(['a/health+b/health+c/health', 'd/health+e/health+f/health']);
    await end();
    expect(begun.slice(2)).toEqual(['g/health']);
    await endAll();
    expect(inbox.held()).toMatchObject({ items: 0, bytes: 0, dropped: 0 });
    await inbox.close();
  });

  it('takes no place of what is handled by itself, and waits for its turn behind it', async () => {
    put('a/health', 'b/will', 'c/will', 'd/will', 'e/health');
    await settled();
    expect(begun).toEqual(['b/will', 'c/will', 'a/health']);
    await end();
    expect(begun.slice(3)).toEqual(['d/will', 'e/health']);
    await endAll();
    await inbox.close();
  });

  it('waits for what its sender sent before, and holds up what it sent behind', async () => {
    put('a/will', 'a/health', 'a/birth', 'b/health');
    await settled();
    expect(begun).toEqual(['a/will', 'b/health']);
    await end();
    await end();
    expect(begun.slice(2)).toEqual(['a/health']);
    await end();
    expect(begun.slice(3)).toEqual(['a/birth']);
  });

  it('of one that cannot be handled the others are, each alone', async () => {
    put('a/health', 'b/health bad', 'c/health');
    await settled();
    await endAll();
    expect(begun.slice(1)).toEqual(['a/health', 'b/health bad', 'c/health']);
    expect(complaints).toEqual(['Error: b/health bad cannot be stored']);
    expect(inbox.held().items).toBe(0);
  });

  it('is given up together where the database is away: it is away for each of them', async () => {
    put('a/health away', 'b/health');
    await settled();
    await endAll();
    expect(begun).toEqual(['a/health away+b/health']);
    expect(complaints).toHaveLength(2);
    await inbox.close();
  });
});

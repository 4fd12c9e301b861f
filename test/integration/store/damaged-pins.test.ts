import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DocumentMaker } from '../../contract/ports/documents.ts';
import { stamped, started } from '../../contract/ports/store-records.ts';
import { HallFolders, openHall } from './hall-folder.ts';

/** F3 for the second file: the database knows the same, and writes it anew. */
const halls = new HallFolders();
const documents = new DocumentMaker();
afterAll(() => halls.remove());

async function hallWithPins(): Promise<{ folder: string; pins: string }> {
  const folder = await halls.make();
  const store = await openHall(folder);
  await store.commit({ facts: { boot: '41' }, keys: documents.keys(3), reports: [stamped(started('a'))] });
  await store.close();
  return { folder, pins: join(folder, 'pins.json') };
}

const harms: [string, (path: string) => Promise<void>][] = [
  ['garbage', (path) => writeFile(path, Buffer.alloc(3_000, 0xc3))],
  ['empty', (path) => writeFile(path, '')],
  ['truncated', (path) => truncate(path, 100)],
  [
    'altered by one digit',
    async (path) => writeFile(path, (await readFile(path, 'utf8')).replace('"boot":41', '"boot":14')),
  ],
];

test.each(harms)('pins that are %s are quarantined, told, and written anew', async (_name, harm) => {
  const { folder, pins } = await hallWithPins();
  await harm(pins);
  const store = await openHall(folder);
  expect((await store.reports(9)).map(({ event }) => event)).toEqual([
    started('a'),
    expect.objectContaining({ type: 'quarantined', what: 'pins.json' }),
  ]);
  await store.close();
  await rm(join(folder, 'store.db'));
  const again = await openHall(folder);
  expect(await again.fact('boot')).toBe('41');
  expect((await again.keys())?.version).toBe(3);
  await again.close();
});

test('pins and database both lost: the hall still starts', async () => {
  const { folder, pins } = await hallWithPins();
  await writeFile(pins, 'x');
  await writeFile(join(folder, 'store.db'), 'y');
  const store = await openHall(folder);
  expect(await store.keys()).toBeUndefined();
  expect((await store.reports(9)).map(({ event }) => 'what' in event && event.what)).toEqual([
    'store.db',
    'pins.json',
  ]);
  await store.commit({ facts: { boot: '1' } });
  await store.close();
});

test('a floor of the clock that went back stays back without the database, and one that the pins know better is theirs', async () => {
  const { folder } = await hallWithPins();
  const [store, older] = [await openHall(folder), await halls.copyOf(folder)];
  await store.commit({ facts: { 'wall-floor': '9000' } });
  await store.commit({ facts: { 'wall-floor': '1000' } });
  await store.close();
  await copyFile(join(older, 'store.db'), join(folder, 'store.db'));
  const rolledBack = await openHall(folder);
  expect(await rolledBack.fact('wall-floor')).toBe('1000');
  await rolledBack.close();
  await rm(join(folder, 'store.db'));
  const again = await openHall(folder);
  expect(await again.fact('wall-floor')).toBe('1000');
  await again.close();
});

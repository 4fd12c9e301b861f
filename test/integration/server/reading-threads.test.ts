import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { verifiesQuickly } from '../../../server/drivers/ed25519.ts';
import { ReadingThreads } from '../../../server/drivers/reading/reading-threads.ts';
import { BatchReader } from '../../../server/fleet/batch-reader.ts';
import type { SentBatch } from '../../../server/fleet/report-batch.ts';
import { chain, silent } from '../../unit/server/office.ts';
import { bundleChild } from '../child-bundle.ts';

let bundle: string;
let threads: ReadingThreads;

beforeAll(async () => {
  bundle = resolve(
    await bundleChild('reading-threads', 'server/drivers/reading/reading-thread.ts', ['sodium-native']),
  );
});
afterEach(() => threads.close());

const open = (path: string, most = 2) => {
  threads = new ReadingThreads({ path, threads: most, here: new BatchReader(verifiesQuickly), log: silent });
};

const { publicKey, seed } = newKeyPair();
const said = (device: string, by = seed): SentBatch => {
  const events = [{ type: 'booted', version: '1', clean: true }] as const;
  const document = signed({ device, reports: chain([...events, ...events]) }, signingKey(device, by));
  return { payload: Buffer.from(JSON.stringify(document)), device, publicKey, chain: 3 };
};
/** Good and bad of many halls, as they come behind one another. */
const page = (): SentBatch[] => [
  ...Array.from({ length: 20 }, (_, at) => said(`hall-${at}`)),
  said('hall-forged', newKeyPair().seed),
  { ...said('hall-other'), device: 'hall-mae' },
  { ...said('hall-cut'), payload: said('hall-cut').payload.subarray(0, 50) },
  { ...said('hall-empty'), payload: new Uint8Array() },
  said('hall-last'),
];

describe('threads that read reports', () => {
  it('say of each batch, in its order, what this thread would have said', async () => {
    open(bundle);
    const pages = [page(), page(), page()];
    const read = await Promise.all(pages.map((each) => threads.read(each)));
    expect(read).toEqual(await Promise.all(pages.map((each) => new BatchReader(verifiesQuickly).read(each))));
    expect(read[0]?.filter((each) => 'refused' in each)).toEqual(
      ['bad signature', 'of another device', 'malformed', 'malformed'].map((refused) => ({ refused })),
    );
    expect(threads.running).toBe(2);
  });

  it('are not started for few halls', async () => {
    open(bundle);
    for (const each of page().slice(0, 5))
      expect(await threads.read([each])).toMatchObject([{ prev: /^0+$/ }]);
    expect(threads.running).toBe(0);
  });

  it('that end lose nothing, and are not started for ever', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-reading-'));
    const path = join(folder, 'ends.mjs');
    await writeFile(
      path,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));`,
    );
    open(path);
    const expected = await new BatchReader(verifiesQuickly).read(page().slice(0, 20));
    for (let n = 0; n < 12; n++)
      expect(await threads.read(page().slice(0, 20))).toHaveLength(expected.length);
    expect(threads.running).toBe(0);
    await rm(folder, { recursive: true });
  });

  it('that are not there are done without; what is under way at the end is read', async () => {
    open(join(tmpdir(), 'no-such-thread.mjs'));
    expect(await threads.read(page())).toHaveLength(page().length);
    open(bundle);
    const last = threads.read(page());
    await threads.close();
    expect(await last).toHaveLength(page().length);
  });

  it('that cannot even find nonsense in a page leave it to this thread, which says why', async () => {
    open(bundle);
    const noKey = { ...said('hall-mae'), publicKey: 'no key' };
    await expect(threads.read([...page(), noKey])).rejects.toThrow();
    expect(await threads.read(page())).toHaveLength(page().length);
    expect(threads.running).toBe(1);
  });
});

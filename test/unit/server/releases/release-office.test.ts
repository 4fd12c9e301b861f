import { beforeEach, expect, it } from 'vitest';
import { ServerError } from '../../../../server/errors.ts';
import type { BrokerMessage } from '../../../../server/ports.ts';
import { ReleaseOffice } from '../../../../server/releases/release-office.ts';
import { release } from '../../update/releases.ts';

let documents: string[];
let published: BrokerMessage[];
let timers: (() => void)[];
let isUp: boolean;
let office: ReleaseOffice;

beforeEach(() => {
  [documents, published, timers, isUp] = [[], [], [], true];
  office = new ReleaseOffice({
    documents: async () => documents,
    broker: {
      publish: async (message) => {
        if (!isUp) throw new ServerError('broker-down');
        published.push(message);
      },
    },
    clock: {
      wall: () => 0,
      monotonic: () => 0,
      after: (_ms, call) => {
        timers.push(call);
        return () => {};
      },
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
});

const texts = () => published.map(({ payload }) => Buffer.from(payload).toString());
const minute = async () => {
  timers.shift()?.();
  await new Promise((done) => setImmediate(done));
};

it('hands out the very bytes that were signed, retained, on the topic of their area', async () => {
  documents = [JSON.stringify(release(), undefined, 2)];
  await office.publishAll();
  expect(published).toMatchObject([{ topic: 'prakat/v1/43/area/43/release', qos: 1, retained: true }]);
  expect(texts()).toEqual(documents);
});

it('what is put down while it runs goes out within a minute, once', async () => {
  office.start();
  await minute();
  documents = [JSON.stringify(release())];
  await minute();
  await minute();
  expect(published).toHaveLength(1);
  documents = [JSON.stringify(release({ share: 0 }))];
  await minute();
  expect(published).toHaveLength(2);
});

it('all of it again when the broker came back', async () => {
  documents = [JSON.stringify(release()), JSON.stringify(release({ area: 'th' }))];
  isUp = false;
  await office.publishAll();
  expect(published).toEqual([]);
  isUp = true;
  await office.publishAll();
  await office.publishAll();
  expect(published).toHaveLength(4);
});

it('a file that is no release keeps no other back', async () => {
  documents = ['{', '{"format": 1}', JSON.stringify(release())];
  await office.publishAll();
  expect(published).toHaveLength(1);
});

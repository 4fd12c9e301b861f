import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { silent } from '../../unit/server/office.ts';
import { freePort, MosquittoProcess } from '../broker/mosquitto-process.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const HOST = '127.0.0.1';

describe.skipIf(!PostgresCluster.canRun)(
  'four servers, started at once on a folder where none has run',
  () => {
    let folder: string;
    let cluster: PostgresCluster;
    let mosquitto: MosquittoProcess;
    let servers: RunningServer[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'prakat-together-'));
      cluster = await PostgresCluster.found();
      mosquitto = new MosquittoProcess(join(folder, 'mosquitto'));
      const postgres = cluster.database();
      const port = await freePort();
      const listen = { host: HOST, port };
      const configOf = (name: string) => ({
        ...{ data: 'data', database: { postgres }, servers: { name, of: NAMES } },
        broker: { kind: 'external', url: `mqtt://${HOST}:${port}`, folder: 'mosquitto', listen },
        ...{ http: { host: HOST, port: 0 }, signer: 'inside', log: 'silent' },
      });
      const starts = NAMES.map((name) => serve({ config: configFrom(configOf(name), folder), log: silent }));
      const started = await Promise.allSettled(starts);
      servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(started.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))).toEqual([]);
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await mosquitto.kill();
      await cluster.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('all start, with the same keys, and leave no file half written', async () => {
      const roots = servers.map((server) => server.services.keys().roots);
      expect(roots).toEqual(NAMES.map(() => roots[0]));
      const names = await Promise.all(['mosquitto', 'data/secrets'].map((one) => readdir(join(folder, one))));
      expect(names.flat().filter((name) => name.endsWith('.new'))).toEqual([]);
      const [root] = (await readFile(join(folder, 'data/secrets/root-key'), 'utf8')).split(' ');
      expect(roots[0]?.map(({ id }) => id)).toEqual([root]);
    });

    it('all come in at the broker that reads what they wrote', async () => {
      await mosquitto.start();
      for (const name of NAMES)
        await vi.waitFor(() => expect(mosquitto.output).toMatch(new RegExp(`as PRAKAT-${name} .*u'PRAKAT`)), {
          timeout: 20_000,
        });
    });
  },
);

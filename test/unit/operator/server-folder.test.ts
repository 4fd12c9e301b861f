import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuseEmptyFolder } from '../../../scripts/operator/server-config.ts';
import { configFrom } from '../../../server/config.ts';

const POSTGRES = { postgres: { url: 'postgresql://prakat@db/prakat' } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a folder where no server has run is refused, whichever its database', async () => {
  await expect(refuseEmptyFolder(configFrom({ data: folder }, '/'))).rejects.toMatchObject({
    code: 'no-server',
  });
  const elsewhere = configFrom({ data: folder, database: POSTGRES }, '/');
  await expect(refuseEmptyFolder(elsewhere)).rejects.toMatchObject({ code: 'no-server' });
});

it('a server on PostgreSQL is known by its keys, one on SQLite by its file', async () => {
  await mkdir(join(folder, 'secrets'));
  await refuseEmptyFolder(configFrom({ data: folder, database: POSTGRES }, '/'));
  await writeFile(join(folder, 'server.db'), '');
  await refuseEmptyFolder(configFrom({ data: folder }, '/'));
});

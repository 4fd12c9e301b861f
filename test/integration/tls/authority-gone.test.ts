import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { httpMediaSource } from '../../../device/drivers/http-media-source.ts';
import { authorityOf } from '../../../device/main/authority.ts';
import { Stage } from '../agent/stage.ts';
import { Authority } from './authority.ts';

/** The file of the certificate authority is gone, or only root may read it. */
const folder = mkdtempSync(join(tmpdir(), 'prakat-authority-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

test('the hall starts and can speak; only its line is lost', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall({ ca: join(folder, 'gone.pem') });
  expect(agent.state()?.outputs.tower?.works).toBe(true);
});

test('no server is trusted then, and it is told', async () => {
  const { key, cert } = pems();
  const server = createHttps({ key, cert }, (_request, response) => response.end('x'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  writeFileSync(join(folder, 'empty.pem'), '');
  for (const name of ['gone.pem', 'empty.pem']) {
    const authority = authorityOf(join(folder, name), log);
    // Without a word here Node would ask the authorities of the system.
    expect(authority.ca).toBeTruthy();
    const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const source = httpMediaSource({ base, user: 'hall-1', password: 'x', ...authority });
    await expect(
      source.fetch('0'.repeat(64), 0, new AbortController().signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ code: 'media-unreachable' });
  }
  expect(log.error).toHaveBeenCalledTimes(1);
  expect(authorityOf(undefined, log)).toEqual({});
});

function pems() {
  const issued = new Authority(folder, 'province').issue();
  return { key: readFileSync(issued.key), cert: readFileSync(issued.cert) };
}

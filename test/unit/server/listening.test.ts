import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { listening } from '../../../server/drivers/http/listening.ts';
import { silent } from './office.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
const opened = async (port: number) => {
  const server = createServer();
  servers.push(server);
  await listening(server, '127.0.0.1', port, silent);
  return server;
};

it('a port that is taken is said to be', async () => {
  const address = (await opened(0)).address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(opened(port)).rejects.toMatchObject({ code: 'port-taken' });
});

it('connections that cannot be accepted, one after the other, end nothing', async () => {
  const server = await opened(0);
  const error = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' });
  for (let n = 0; n < 3; n++) expect(server.emit('error', error)).toBe(true);
  expect(server.listening).toBe(true);
});

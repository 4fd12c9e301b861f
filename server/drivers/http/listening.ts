import type { Server } from 'node:net';
import { ServerError } from '../../errors.ts';
import type { Log } from '../../ports.ts';

/** Resolves when `server` listens; port 0 takes a free one. Rejects `port-taken`. */
export async function listening(server: Server, host: string, port: number, log: Log): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refused = (cause: Error) =>
      reject(new ServerError('port-taken', { context: { where: `${host}:${port}` }, cause }));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      resolve();
    });
  });
  surviveAcceptErrors(server, log);
}

/** With no descriptors left each connection that cannot be accepted is an `error` event, and would end the process. */
export function surviveAcceptErrors(server: Server, log: Log): void {
  server.on('error', (error) => log.error({ error }, 'a connection could not be accepted'));
}

import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { DeviceError } from '../errors.ts';

/**
 * One agent at a time works in a data folder: a technician who starts a second one by hand, beside the service, would have two
 * give the same report numbers, push each other off the broker, and take away the socket that `stop` comes by.
 *
 * It is held by a name in the kernel, not by a file: whatever ends the process lets go of it, and there is nothing that a power cut leaves
 * behind. Resolves to the way to let go; rejects `folder-held`. A kernel that gives no name, for want of descriptors or by a rule, silences
 * no hall: it goes on unheld.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const { dev, ino } = await stat(folder, { bigint: true });
  const holder = createServer((visitor) => visitor.destroy());
  await new Promise<void>((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new DeviceError('folder-held', { path: folder }, error));
      else resolve();
    });
    // A name that begins with a zero byte is no file (unix(7), abstract sockets).
    holder.listen(`\0prakat-data-${dev}-${ino}`, resolve);
  });
  // It keeps no process alive that has nothing else to do.
  holder.unref();
  return () => new Promise<void>((resolve) => holder.close(() => resolve()));
}

import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { DeviceError } from '../errors.ts';

/**
 * One agent at a time works in a data folder: a technician who starts a second one by hand, beside the service, would have two
 * give the same report numbers, push each other off the broker, and take away the socket that `stop` comes by.
 *
 * It is held by a name in the kernel, not by a file: whatever ends the process lets go of it, and there is nothing that a power
 * cut leaves behind. Root works in no folder of the service's user: what it wrote there the service could not read afterwards.
 * `user`: who we are. Resolves to the way to let go; rejects `folder-held`, `folder-of-another`.
 */
export async function holdFolder(folder: string, user = process.getuid?.()): Promise<() => Promise<void>> {
  const { dev, ino, uid } = await stat(folder, { bigint: true });
  if (user === 0 && uid !== 0n)
    throw new DeviceError('folder-of-another', {
      path: folder,
      why: `uid ${uid}: start the service (systemctl start prakat), or run this as that user (sudo -u '#${uid}')`,
      why_th: `uid ${uid} ให้เปิดโปรแกรมด้วย systemctl start prakat หรือสั่งในนามผู้ใช้นั้น (sudo -u '#${uid}')`,
    });
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

import { open, readFile, rm } from 'node:fs/promises';

/**
 * Writes a small file, syncs it and reads it back; nothing of it is left. What is read back comes from memory as a rule: it is
 * the write and its sync that prove something. Rejects with the system's error.
 */
export async function writeCanary(path: string, bytes: number): Promise<{ ms: number; isWhole: boolean }> {
  const sent = Buffer.alloc(bytes, `prakat ${Date.now()} `);
  const began = performance.now();
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(sent);
      await file.sync();
    } finally {
      await file.close();
    }
    const ms = Math.round(performance.now() - began);
    return { ms, isWhole: sent.equals(await readFile(path)) };
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}

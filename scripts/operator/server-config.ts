import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { configFrom, ServerConfig } from '../../server/config.ts';
import { forbidden } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';
import { refuseConfig, writtenJson } from './written-document.ts';

/**
 * The configuration of a file; without one, a server for trying out in the present folder. Rejects with Failed that has
 * the path of each fault, in both languages.
 */
export async function serverConfigAt(path: string | undefined): Promise<ServerConfig> {
  if (path === undefined) return configFrom({}, process.cwd());
  const written = await writtenJson(path);
  refuseConfig(path, ServerConfig, written);
  return configFrom(written, dirname(resolve(path)));
}

/** A wrong folder would become a new, empty server, whose codes and keys open nothing. Rejects with Failed. */
export async function refuseEmptyFolder({ data, database }: ServerConfig): Promise<void> {
  // With a PostgreSQL the folder holds the keys alone.
  const held = join(data, database === 'sqlite' ? 'server.db' : 'secrets');
  await access(held).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EACCES') throw forbidden(held, cause);
    throw new Failed(
      {
        en: `no server has run in ${data}: name its configuration with --config, or start it once`,
        th: `ยังไม่เคยเปิดเซิร์ฟเวอร์ใน ${data}: ระบุไฟล์ตั้งค่าด้วย --config หรือเปิดเซิร์ฟเวอร์ก่อน`,
      },
      { code: 'no-server' },
    );
  });
}

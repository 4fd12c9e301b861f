import { dirname, resolve } from 'node:path';
import { configFrom, ServerConfig } from '../../server/config.ts';
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

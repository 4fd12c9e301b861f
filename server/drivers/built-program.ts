import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A bundled program of the server, `signer-child.mjs`, found from wherever in the installation this code was bundled to. Throws when
 * it was not built.
 */
export function builtProgram(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, 'dist', name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`${name} is not built: npm run build`);
  }
}

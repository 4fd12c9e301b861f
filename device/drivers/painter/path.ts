import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHILD = join('dist', 'text-painter-child.mjs');

/** The bundled painter, found from wherever in the installation this code was bundled to. Throws when it was not built. */
export function textPainterChildPath(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, CHILD);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`${CHILD} is not built: npm run build`);
  }
}

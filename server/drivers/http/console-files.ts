import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As a build of the console lays them down; anything else is not sent. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
/** Made once by the build, beside the file; the first that a browser takes is sent. */
export const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const FIRST_PAGE = 'index.html';
/** Here names carry the hash of their content: they can never change. */
const HASHED = 'assets/';

export interface ConsoleFile {
  /** From the top of the folder, with `/`. */
  name: string;
  path: string;
  type: string;
  /** Undefined: its name says which it is, or no answer is like the one before. */
  etag: string | undefined;
  /** Which forms lie beside it. */
  encodings: ReadonlySet<string>;
  /** A page that sets styles while it runs: each answer has a nonce of its own in it, in place of `NONCE_PLACE`. */
  hasNonce: boolean;
}

export const NONCE_PLACE = '{{style-nonce}}';

/**
 * The pages of the console as they were built. A file is found by its name in the list that was read from the folder, never by putting a
 * path together: what is not in the list does not exist, whatever somebody asks for.
 */
export class ConsoleFiles {
  readonly #folder: string;
  #files: ReadonlyMap<string, ConsoleFile> = new Map();
  #builtAt = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether there is a console at all; a build that came since is taken up. */
  async isBuilt(): Promise<boolean> {
    const first = await stat(join(this.#folder, FIRST_PAGE)).catch(() => undefined);
    if (first === undefined) return false;
    if (first.mtimeMs !== this.#builtAt) this.#files = await listed(this.#folder);
    this.#builtAt = first.mtimeMs;
    return true;
  }

  /** A file by its name; else the page whose rooms have addresses like this one; undefined = there is no such file. */
  at(name: string): ConsoleFile | undefined {
    const file = this.#files.get(name);
    if (file !== undefined || name.startsWith(HASHED) || !isAddress(name)) return file;
    const [page] = name.split('/');
    return this.#files.get(`${page}.html`) ?? this.#files.get(FIRST_PAGE);
  }
}

/** What a page could have in its address bar, and not the work of somebody who tries doors. */
function isAddress(name: string): boolean {
  return !/[\\\0]/.test(name) && !name.split('/').some((part) => part.startsWith('.'));
}

async function listed(folder: string): Promise<Map<string, ConsoleFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
  const there = new Set(names);
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const path = join(folder, name);
    const isHashed = name.startsWith(HASHED);
    const content = isHashed ? undefined : await readFile(path);
    const hasNonce = type.startsWith('text/html') && content?.includes(NONCE_PLACE) === true;
    const etag = content && !hasNonce ? hashOf(content) : undefined;
    const encodings = ENCODINGS.filter(([, ending]) => there.has(name + ending)).map(([coding]) => coding);
    files.set(name, { name, path, type, etag, encodings: new Set(encodings), hasNonce });
  }
  return files;
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** `dist/console` of the installation that this code is of, built or not. */
export function consoleFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'dist', 'console');
    else if (folder === dirname(folder)) return join(process.cwd(), 'dist', 'console');
}

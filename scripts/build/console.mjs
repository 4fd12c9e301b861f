// Builds the operators' console into dist/console/: pages, hashed assets, and each of them compressed once, beside it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const ROOT = 'server/console';
const OUT = 'dist/console';
const STAMP = join(OUT, '.stamp');
/** What the pages are made of, and how: types alone come from elsewhere. */
const INPUTS = [ROOT, 'scripts/build', 'firmware-protocol/content', 'firmware-protocol/mqtt'];
const COMPRESSED = new Set(['.js', '.css', '.html', '.svg', '.json']);
const NO_SCHEMAS = join(import.meta.dirname, 'no-schemas.mjs');
/** Below this a compressed answer is no smaller in packets. */
const WORTH_BYTES = 1_000;

function stampOf() {
  const hash = createHash('sha256');
  for (const root of INPUTS)
    for (const path of readdirSync(root, { recursive: true }).sort())
      if (extname(path) !== '') hash.update(path).update(readFileSync(join(root, path)));
  return hash.update(readFileSync('package-lock.json')).digest('hex');
}

function compressAll() {
  for (const path of readdirSync(OUT, { recursive: true })) {
    const from = join(OUT, path);
    if (!COMPRESSED.has(extname(path))) continue;
    const bytes = readFileSync(from);
    if (bytes.length < WORTH_BYTES) continue;
    writeFileSync(`${from}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${from}.br`, brotliCompressSync(bytes, { params }));
  }
}

/** Nothing is built where nothing changed: it takes seconds, and every start of the tests asks for it. */
export async function buildConsole() {
  const stamp = stampOf();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  // Vite believes the environment: a build that tests ask for would be React's slow and large one.
  process.env.NODE_ENV = 'production';
  await build({
    root: ROOT,
    base: '/console/',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: { alias: { zod: NO_SCHEMAS } },
    build: {
      outDir: join('..', '..', OUT),
      emptyOutDir: true,
      manifest: true,
      // Phones of village heads are some years old.
      target: ['chrome111', 'safari16.4', 'firefox114'],
      // Fonts and pictures come by address: the page's policy knows no data: fonts.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 900,
      rolldownOptions: {
        input: pages(),
        // Schemas are the server's: a page takes types and plain functions from the contract.
        treeshake: { manualPureFunctions: ['z'], propertyReadSideEffects: false },
      },
    },
  });
  compressAll();
  mkdirSync(OUT, { recursive: true });
  writeFileSync(STAMP, stamp);
}

function pages() {
  return readdirSync(ROOT)
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(ROOT, name));
}

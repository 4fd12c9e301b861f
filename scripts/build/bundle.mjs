// Bundles what runs into dist/: the agent as one file, so that it starts and weighs little more than bare Node.
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const entries = JSON.parse(readFileSync(new URL('entries.json', import.meta.url), 'utf8'));

/** Packages with native parts, or files of their own that they look for beside themselves. */
const external = [
  'libsql',
  'sharp',
  'serialport',
  '@node-rs/argon2',
  '@ffmpeg-installer/ffmpeg',
  'fluent-ffmpeg',
  'thai-address-universal',
  '@expo-google-fonts/noto-sans-thai',
];

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  external,
  // CommonJS packages inside an ES module still call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

const started = new Date();
mkdirSync('dist', { recursive: true });
// Split, so that what is imported only when needed is loaded only then: `prakat push` without the server, an agent
// without a board without the serial port, which costs 15 MB.
await Promise.all(
  Object.entries(entries).map(([name, path]) =>
    build({
      ...common,
      entryPoints: { [name]: path },
      splitting: true,
      chunkNames: `chunks/${name}-[name]-[hash]`,
    }),
  ),
);

// Dated at the start: a source saved while this ran counts as newer.
writeFileSync('dist/.stamp', '');
utimesSync('dist/.stamp', started, started);

// Bundles what runs into dist/, so that it starts and weighs little more than bare Node.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildConsole } from './console.mjs';

const entries = JSON.parse(readFileSync(new URL('entries.json', import.meta.url), 'utf8'));

/** Packages with native parts, or files of their own that they look for beside themselves. */
const external = [
  'libsql',
  'sharp',
  'sodium-native',
  '@serialport/bindings-cpp',
  '@node-rs/argon2',
  '@ffmpeg-installer/ffmpeg',
  'fluent-ffmpeg',
  'thai-address-universal',
  '@expo-google-fonts/noto-sans-thai',
  '@expo-google-fonts/noto-sans-thai-looped',
];

/** Of developers: only `bench console` opens a browser, and no hall has one. */
const developers = ['playwright-core'];

/** Parts of packages that are loaded with what we use and that nothing here reaches, and what is left of them. */
const LEFT_OUT = [
  // Messages in 50 languages.
  [
    /zod\/v4\/locales\/index\.js$/,
    "export { default as en } from './en.js'; export { default as th } from './th.js';",
  ],
  // Brokers are mqtt:// or mqtts://, reached directly.
  [/mqtt\/build\/lib\/connect\/(ws|wx|ali|socks)\.js$/, ''],
  // Tracing that nobody here switches on, and whose terminal colours it would look up (3 MB).
  [
    /node_modules\/debug\/src\/index\.js$/,
    'const silent = Object.assign(() => {}, { enabled: false, extend: () => silent }); module.exports = () => silent;',
  ],
  // Timers of browsers.
  [/worker-timers\/.*\.js$/, ''],
  // Threads that a log could be written by; ours is written where it arises.
  [
    /pino\/lib\/transport\.js$/,
    "module.exports = () => { throw new Error('pino has no transports here'); };",
  ],
  // What reads a serial line in other ways than ours, and lines that are none.
  [
    /(@serialport\/parser-[a-z-]+\/dist\/index|\/serialport\/dist\/serialport-mock)\.js$/,
    'module.exports = {};',
  ],
];

/** What a hall, which is Debian, need not be asked at each start, for milliseconds of it. */
const KNOWN_OF_HALLS = [
  // Which C library is here: libsql would read it from a report on the whole process, and from two programs.
  [
    /@neon-rs\/load\/dist\/index\.js$/,
    "exports.currentTarget = () => (process.arch === 'arm' ? 'linux-arm-gnueabihf' : 'linux-' + process.arch + '-gnu');",
  ],
  [/detect-libc\/lib\/detect-libc\.js$/, "exports.familySync = () => 'glibc'; exports.GLIBC = 'glibc';"],
];

const inPlaceOf = (name, pieces) => ({
  name,
  setup({ onLoad }) {
    for (const [filter, contents] of pieces)
      onLoad({ filter }, ({ path }) => ({ contents, loader: 'js', resolveDir: dirname(path) }));
  },
});

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
  external: [...external, ...developers],
  plugins: [inPlaceOf('left-out', LEFT_OUT)],
  // Node has had these streams since 18; the package is for browsers and older ones.
  alias: { 'readable-stream': 'node:stream' },
  // The text of a bundle stays in memory, two bytes a letter. Names are kept: a stack says where it was.
  minifyWhitespace: true,
  minifySyntax: true,
  // CommonJS packages inside an ES module still call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/**
 * The agent of a hall in one piece: what is imported only when needed is evaluated only then, and V8's code of the whole can
 * be kept between starts (device/drivers/kept-code.ts). Not as a module: these cost Node 1.4 MB and 2 ms, and keep no code.
 */
const agent = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  external: [...external.filter((name) => name !== 'libsql'), '@libsql/*'],
  plugins: [...common.plugins, inPlaceOf('known-of-halls', KNOWN_OF_HALLS)],
  define: { 'import.meta.url': '__here' },
  banner: {
    js: "(function (exports, require, module, __filename, __dirname) { const __here = require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
};

const CHUNKS = join('dist', 'chunks');
/** A program that was started before this build may still load its own pieces. */
const KEEP_CHUNKS_MS = 24 * 3_600_000;

const started = new Date();
mkdirSync('dist', { recursive: true });
// Split, so that what is imported only when needed is loaded only then: `prakat push` without the server, an agent
// without a board without the serial port, which costs 15 MB.
await Promise.all([
  ...Object.entries(entries).map(([name, path]) =>
    build({
      ...common,
      entryPoints: { [name]: path },
      splitting: true,
      chunkNames: `chunks/${name}-[name]-[hash]`,
    }),
  ),
  build({ ...agent, entryPoints: { agent: 'device/program.ts' } }),
  build({ ...agent, entryPoints: { device: 'device/main/start.ts' }, define: {}, banner: {}, footer: {} }),
  buildConsole(),
]);

for (const name of readdirSync(CHUNKS)) {
  const path = join(CHUNKS, name);
  if (started.getTime() - statSync(path).mtimeMs > KEEP_CHUNKS_MS) rmSync(path);
}

// Dated at the start: a source saved while this ran counts as newer.
writeFileSync('dist/.stamp', '');
utimesSync('dist/.stamp', started, started);

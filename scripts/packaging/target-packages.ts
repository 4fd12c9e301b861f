import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Target } from './targets.ts';

/** What the bundles leave outside (scripts/build/bundle.mjs): native parts, and packages with files of their own. */
const ROOTS = [
  'libsql',
  'sharp',
  'sodium-native',
  '@serialport/bindings-cpp',
  '@ffmpeg-installer/ffmpeg',
  'fluent-ffmpeg',
  '@node-rs/argon2',
  'thai-address-universal',
  '@expo-google-fonts/noto-sans-thai',
  '@expo-google-fonts/noto-sans-thai-looped',
];

/** What runs, and what the licences ask to go with it. */
const KEPT = /\.(?:js|cjs|mjs|node|json|so(?:\.[\d.]+)?)$|^ffmpeg$|^(?:licen[cs]e|notice|copying)/i;
/** The faces that signs are set in; the packages have thirty more. */
const FONTS = /NotoSansThai(?:Looped)?_(?:600SemiBold|700Bold)\.ttf$/;
/** Sources, and things for developers. */
const LEFT_OUT = /^(?:src|deps|docs?|tests?|examples|install|coverage|tools|\.github|\.bin|binding\.gyp)$/;

const PackageJson = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** The npm packages of the lockfile, with the native parts for another kind of machine, in a folder of their own. */
export function installFor({ npmCpu }: Target, repository: string, scratch: string): string {
  mkdirSync(scratch, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join(repository, name), join(scratch, name));
  // Nothing of a package runs here: it could not, it is for another machine.
  const args = ['ci', '--omit=dev', `--cpu=${npmCpu}`, '--os=linux', '--libc=glibc', '--ignore-scripts'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', [...args, ...quiet], { cwd: scratch, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
  return join(scratch, 'node_modules');
}

/** Paths below `modules` of all that the bundles need at run time, sorted. */
export function neededFiles(modules: string, { prebuilds }: Target): string[] {
  const folders = new Set<string>();
  for (const root of ROOTS) visit(modules, root, '', folders);
  return [...folders].flatMap((folder) => filesOf(modules, folder, prebuilds)).sort();
}

/** A package where Node would find it from inside `within`, and all it depends on. */
function visit(modules: string, name: string, within: string, folders: Set<string>): void {
  const nested = within === '' ? name : join(within, 'node_modules', name);
  const folder = existsSync(join(modules, nested)) ? nested : name;
  // Of optional packages only those of this machine are there; musl is another C library.
  if (!existsSync(join(modules, folder)) || name.includes('musl') || folders.has(folder)) return;
  folders.add(folder);
  const text = readFileSync(join(modules, folder, 'package.json'), 'utf8');
  const { dependencies, optionalDependencies } = PackageJson.parse(JSON.parse(text));
  for (const each of Object.keys({ ...dependencies, ...optionalDependencies }))
    visit(modules, each, folder, folders);
}

function filesOf(modules: string, folder: string, prebuilds: string): string[] {
  return readdirSync(join(modules, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(modules, path)).isDirectory()) {
      const isOther = /\/prebuilds$/.test(folder) && name !== prebuilds;
      // Nested packages are visited by their names.
      return isOther || name === 'node_modules' || LEFT_OUT.test(name)
        ? []
        : filesOf(modules, path, prebuilds);
    }
    const isKept = (KEPT.test(name) || FONTS.test(name)) && !/musl|\.d\.ts$/.test(name);
    return isKept ? [path] : [];
  });
}

import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';

/** Bundles the painter as scripts/build does, beside the real bundle so that it finds its packages. */
export async function bundlePainterChild(): Promise<string> {
  // One name for each worker of the test run, so that none writes what another reads.
  const outfile = `dist/test/text-painter-child-${process.env.VITEST_POOL_ID ?? '0'}.mjs`;
  mkdirSync('dist/test', { recursive: true });
  await build({
    entryPoints: ['device/drivers/text-painter-child.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['sharp', '@expo-google-fonts/noto-sans-thai'],
    logLevel: 'error',
  });
  return outfile;
}

import { build } from 'esbuild';

/**
 * Bundles the painter as scripts/build does, below the sources so that it finds its packages. One name for each test
 * file: none writes what another reads.
 */
export async function bundlePainterChild(name: string): Promise<string> {
  const outfile = `dist/test/${name}/text-painter-child.mjs`;
  await build({
    entryPoints: ['device/drivers/text-painter-child.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['sharp', '@expo-google-fonts/noto-sans-thai', '@expo-google-fonts/noto-sans-thai-looped'],
    logLevel: 'error',
  });
  return outfile;
}

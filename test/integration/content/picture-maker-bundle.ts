import { build } from 'esbuild';

/** Bundles the process as scripts/build does, below the sources so that it finds its packages; a name for each user. */
export async function bundlePictureMaker(name: string): Promise<string> {
  const outfile = `dist/test/${name}/picture-maker-child.mjs`;
  await build({
    entryPoints: ['server/drivers/picture-maker-child.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['sharp'],
    logLevel: 'error',
  });
  return outfile;
}

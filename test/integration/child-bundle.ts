import { build } from 'esbuild';

/**
 * Bundles a child process as scripts/build does, below the sources so that it finds its packages. One name for each test
 * file: none writes what another reads. Resolves to the path of the bundle.
 */
export async function bundleChild(name: string, source: string, external: string[]): Promise<string> {
  const outfile = `dist/test/${name}/${source.slice(source.lastIndexOf('/') + 1).replace(/ts$/, 'mjs')}`;
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external,
    logLevel: 'error',
  });
  return outfile;
}

const FONTS = ['@expo-google-fonts/noto-sans-thai', '@expo-google-fonts/noto-sans-thai-looped'];

export function bundlePainterChild(name: string): Promise<string> {
  return bundleChild(name, 'device/drivers/painter/child.ts', ['sharp', ...FONTS]);
}

export function bundleSignPainter(name: string): Promise<string> {
  return bundleChild(name, 'scripts/painter/sign-painter.ts', ['sharp', ...FONTS]);
}

export function bundlePictureMaker(name: string): Promise<string> {
  return bundleChild(name, 'server/drivers/media/picture-maker-child.ts', ['sharp']);
}

export function bundleSwitchingChild(name: string): Promise<string> {
  return bundleChild(name, 'test/integration/amplifier/switching-child.ts', ['serialport']);
}

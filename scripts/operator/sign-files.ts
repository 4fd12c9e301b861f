import { writeFile } from 'node:fs/promises';
import { unwritable } from '../cli/named-files.ts';

/** Writes a PNG in base64, one pixel a lamp, each lamp as a square of `scale` pixels. Rejects Failed. */
export async function writePng(path: string, base64: string, scale: number): Promise<void> {
  const png = Buffer.from(base64, 'base64');
  await writeFile(path, scale === 1 ? png : await enlarged(png, scale)).catch(unwritable(path));
}

async function enlarged(png: Buffer, scale: number): Promise<Buffer> {
  const { images } = await import('../../device/drivers/pictures/sharp.ts');
  const { width, height } = await images(png).metadata();
  return images(png)
    .resize(width * scale, height * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
}

/** `page.png` and `marquee` -> `page-marquee.png`. */
export function beside(path: string, what: string): string {
  return path.replace(/(\.[^./]*)?$/, (ending) => `-${what}${ending}`);
}

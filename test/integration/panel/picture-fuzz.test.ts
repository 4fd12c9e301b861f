import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPicture, readPictureHead } from '../../../device/drivers/pictures/picture-file.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { onGround } from '../../../device/panel/picture/ground.ts';
import { forLamps } from '../../../device/panel/picture/picture.ts';

let path: string;
let folder: string;
const whole: Buffer[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-picture-fuzz-'));
  path = join(folder, 'picture');
  const grain = sharp({
    create: {
      width: 40,
      height: 30,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', sigma: 30 },
    },
  });
  const still = await grain.png().toBuffer();
  whole.push(
    still,
    await sharp(still).png({ palette: true, progressive: true }).toBuffer(),
    await sharp(still).jpeg().toBuffer(),
    await sharp(still).jpeg({ progressive: true }).toBuffer(),
    await sharp([still, await sharp(still).negate().toBuffer()], { join: { animated: true } })
      .gif()
      .toBuffer(),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
  minLength: 1,
  maxLength: 12,
});
const SIZE = { width: 16, height: 12 };

test('whatever is wrong inside a file, it is a picture of the size asked for, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(4), flips, fc.boolean(), async (kind, changes, isCut) => {
      const bytes = Buffer.from(whole[kind] ?? []);
      for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value;
      const [[cut = 0] = []] = changes;
      writeFileSync(path, isCut ? bytes.subarray(0, Math.floor(cut * bytes.length)) : bytes);
      try {
        const frames = forLamps(
          onGround(await readPicture(path, await readPictureHead(path), SIZE)),
          'rgb565',
        );
        for (const { width, height, rgb } of frames)
          expect([width, height, rgb.length]).toEqual([16, 12, 3 * 16 * 12]);
        expect(frames.length).toBeGreaterThan(0);
      } catch (error) {
        if (!isDeviceError(error, 'picture-undecodable')) throw error;
      }
    }),
    { numRuns: 400 },
  );
}, 30_000);

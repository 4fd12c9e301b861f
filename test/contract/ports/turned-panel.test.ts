import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { PngPanel } from '../../../device/drivers/pictures/png-panel.ts';
import { rotated } from '../../../device/panel/geometry/rotation.ts';
import { TurnedPanel } from '../../../device/panel/geometry/turned-panel.ts';
import { panelSuite } from './panel-suite.ts';

const SIZE = { width: 96, height: 32 };

for (const turns of [1, 2, 3] as const)
  panelSuite(`a sign that hangs turned by ${turns * 90} degrees, as the street sees it`, {
    seen: (page) => page,
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'prakat-turned-'));
      const sign = new PngPanel({ folder, size: SIZE, depth: 'rgb565', keep: 5 });
      return {
        panel: new TurnedPanel(sign, turns),
        lamps: async () => {
          const newest = (await readdir(folder)).sort().at(-1) ?? '';
          const rgb = await sharp(join(folder, newest)).removeAlpha().raw().toBuffer();
          return rotated({ ...SIZE, rgb: Uint8Array.from(rgb) }, turns);
        },
        close: () => rm(folder, { recursive: true, force: true }),
      };
    },
  });

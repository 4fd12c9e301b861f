import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { AlphaPanel } from '../../../device/signs/alpha/alpha-panel.ts';
import { VirtualAlpha } from '../../../scripts/virtual-signs/virtual-alpha.ts';
import { DeskLine } from './desk-line.ts';
import { deskLineOf } from './desk-line-of.ts';
import { type PanelOnDesk, panelSuite } from './panel-suite.ts';
import { silentLog } from './silent-log.ts';

const SIZE = { width: 48, height: 16 };

interface Settings {
  checksum: 'none' | 'sum' | 'xor';
  parity: 'even' | 'none';
  answers: boolean;
  colours: 'mono' | 'three-colour';
}

panelSuite('Alpha, three colours, sum, 7 bits even', {
  answers: true,
  seen: (page) => redAndGreen(page),
  open: async () => openOnDesk({ checksum: 'sum', parity: 'even', answers: true, colours: 'three-colour' }),
});
panelSuite('Alpha, one colour, xor, 8 bits, nobody answers', {
  answers: false,
  seen: (page) => redWhereLit(page),
  open: async () => openOnDesk({ checksum: 'xor', parity: 'none', answers: false, colours: 'mono' }),
});

async function openOnDesk({ checksum, parity, answers, colours }: Settings): Promise<PanelOnDesk> {
  const wantsChecksum = checksum === 'none' ? {} : { wantsChecksum: checksum };
  const far = new VirtualAlpha({ ...SIZE, parity, mute: !answers, ...wantsChecksum });
  const line = new DeskLine(far);
  const panel = new AlphaPanel(
    { line, clock: systemClock, log: silentLog },
    { size: SIZE, type: 'Z', address: '00', colours, checksum, parity, answers, dimming: true },
  );
  panel.link.start();
  return {
    panel,
    lamps: () => far.lamps(),
    isDimmed: () => far.brightnessPercent < 100,
    line: deskLineOf(line, panel.link, () => {
      far.mute = true;
    }),
    close: () => panel.link.stop(),
  };
}

/** No blue lamps: what has blue alone is shown green, with red as red, with both as amber. */
function redAndGreen({ width, height, rgb }: Bitmap): Bitmap {
  const seen = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [0, 1, 2].map((colour) => (rgb[at + colour] ?? 0) >= 128);
    seen[at] = red ? 255 : 0;
    seen[at + 1] = green || (blue && !red) ? 255 : 0;
  }
  return { width, height, rgb: seen };
}

function redWhereLit({ width, height, rgb }: Bitmap): Bitmap {
  const seen = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3)
    seen[at] = rgb.subarray(at, at + 3).some((value) => value >= 128) ? 255 : 0;
  return { width, height, rgb: seen };
}

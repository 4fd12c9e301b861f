import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { type OnbonCard, OnbonPanel } from '../../../device/signs/onbon/onbon-panel.ts';
import { VirtualOnbon, type VirtualOnbonOptions } from '../../../scripts/virtual-signs/virtual-onbon.ts';
import { DeskLine } from './desk-line.ts';
import { deskLineOf } from './desk-line-of.ts';
import { type PanelOnDesk, panelSuite } from './panel-suite.ts';
import { silentLog } from './silent-log.ts';

/** No multiple of 32 columns: the rows of planes are filled up. */
const SIZE = { width: 72, height: 16 };

panelSuite('Onbon BX-5K', {
  answers: true,
  open: async () => openOnDesk({ series: 'bx-5k', device: 0xfe }, { series: 'bx-5k' }),
});
panelSuite('Onbon BX-6, one colour', {
  answers: true,
  seen: (page) => lit(page, (red, green, blue) => [red || green || blue, false, false]),
  open: async () =>
    openOnDesk({ series: 'bx-6', device: 0x0174, colours: 'one' }, { series: 'bx-6', planes: 1 }),
});
panelSuite('Onbon BX-6, two colours', {
  answers: true,
  seen: (page) => lit(page, (red, green, blue) => [red, green || blue, false]),
  open: async () =>
    openOnDesk({ series: 'bx-6', device: 0x0174, colours: 'two' }, { series: 'bx-6', planes: 2 }),
});
panelSuite('Onbon BX-6, full colour', {
  answers: true,
  seen: (page) => page,
  open: async () =>
    openOnDesk({ series: 'bx-6', device: 0x0266, colours: 'full' }, { series: 'bx-6', planes: 'rgb' }),
});

async function openOnDesk(card: OnbonCard, virtual: VirtualOnbonOptions['card']): Promise<PanelOnDesk> {
  const far = new VirtualOnbon({ ...SIZE, card: virtual });
  const line = new DeskLine(far);
  const panel = new OnbonPanel({ line, clock: systemClock, log: silentLog }, { size: SIZE, screen: 1, card });
  panel.link.start();
  return {
    panel,
    ...(card.series === 'bx-6' && { lamps: () => far.lamps() }),
    isDark: () => far.lamps().rgb.every((value) => value === 0),
    line: deskLineOf(line, panel.link, () => {
      far.mute = true;
    }),
    close: () => panel.link.stop(),
  };
}

function lit(
  { width, height, rgb }: Bitmap,
  lamps: (red: boolean, green: boolean, blue: boolean) => boolean[],
): Bitmap {
  const seen = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const [red = false, green = false, blue = false] = [...rgb.subarray(at, at + 3)].map(
      (value) => value >= 128,
    );
    seen.set(
      lamps(red, green, blue).map((isLit) => (isLit ? 255 : 0)),
      at,
    );
  }
  return { width, height, rgb: seen };
}

import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { NovastarPanel } from '../../../device/signs/novastar/novastar-panel.ts';
import { VirtualNovastar } from '../../../scripts/virtual-signs/virtual-novastar.ts';
import { DeskLine } from './desk-line.ts';
import { deskLineOf } from './desk-line-of.ts';
import { panelSuite } from './panel-suite.ts';
import { silentLog } from './silent-log.ts';

panelSuite('NovaStar MCTRL300', {
  answers: true,
  open: async () => {
    const far = new VirtualNovastar();
    const line = new DeskLine(far);
    const size = { width: 128, height: 64 };
    const panel = new NovastarPanel({ line, clock: systemClock, log: silentLog }, { size, port: 0 });
    panel.link.start();
    return {
      panel,
      isDark: () => far.isKilled,
      isDimmed: () => far.brightness < 255,
      line: deskLineOf(line, panel.link, () => {
        far.mute = true;
      }),
      close: () => panel.link.stop(),
    };
  },
});

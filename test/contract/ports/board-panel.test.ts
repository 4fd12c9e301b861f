import { BoardLink } from '../../../device/board/board-link.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { DeskLine } from './desk-line.ts';
import { deskLineOf } from './desk-line-of.ts';
import { panelSuite } from './panel-suite.ts';
import { silentLog } from './silent-log.ts';

const SIZE = { width: 64, height: 32 };

panelSuite('our own board', {
  answers: true,
  seen: in565,
  open: async () => {
    const far = new VirtualBoard(SIZE);
    let heard = 0;
    far.onFrame = (frame) => {
      if (!/\bp[io]ng\b/.test(frame)) heard += 1;
    };
    const line = new DeskLine(far);
    const link = new BoardLink({ line, clock: systemClock, random: systemRandom, log: silentLog });
    const panel = new BoardPanel(link, SIZE);
    link.start();
    return {
      panel,
      lamps: () => far.display.seen(),
      isDimmed: () => far.display.lamps.brightness < 255,
      line: {
        ...deskLineOf(line, link, () => {
          far.silent = true;
        }),
        heard: () => heard,
      },
      close: () => link.stop(),
    };
  },
});

/** Five bits of red, six of green, five of blue, the high ones repeated below. */
function in565({ width, height, rgb }: Bitmap): Bitmap {
  const shown = rgb.map((value, at) => {
    const bits = at % 3 === 1 ? 6 : 5;
    const kept = value >> (8 - bits);
    return (kept << (8 - bits)) | (kept >> (2 * bits - 8));
  });
  return { width, height, rgb: shown };
}

import type { BoardLink } from '../board/board-link.ts';
import { BoardPanel } from '../board/board-panel.ts';
import type { DeviceConfig } from '../config.ts';
import { openLine } from '../drivers/line/line.ts';
import { systemClock } from '../drivers/machine/system-clock.ts';
import { PngPanel, type PngPanelOptions } from '../drivers/pictures/png-panel.ts';
import { TurnedPanel } from '../panel/geometry/turned-panel.ts';
import type { Log } from '../ports.ts';
import { type OpenedSign, openSign } from '../signs/open-sign.ts';

/** The sign of another maker, or the one on our own board; undefined = the hall has none. */
export function signOf(
  { board, sign }: DeviceConfig,
  link: BoardLink | undefined,
  log: Log,
): OpenedSign | undefined {
  if (sign !== undefined) {
    const openFolder = (options: PngPanelOptions) => new PngPanel(options);
    return openSign(sign, { clock: systemClock, log, openLine, openFolder });
  }
  if (link === undefined || board?.panel === undefined) return undefined;
  const panel = new BoardPanel(link, board.panel);
  return {
    panel: board.panel.turned === 0 ? panel : new TurnedPanel(panel, board.panel.turned),
    // The board is there for the amplifier too: its link starts and stops with the hall.
    start: () => {},
    stop: async () => {},
    whyNot: () => panel.whyNot(),
    onChange: (call) => link.onChange(call),
  };
}

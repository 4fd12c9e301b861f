import type { BoardLink } from '../board/board-link.ts';
import { BoardPanel } from '../board/board-panel.ts';
import { isDeviceError } from '../errors.ts';
import { knowsTheTime } from '../orders/here.ts';
import { IdlePage } from '../panel/idle.ts';
import { PanelPerformer } from '../panel/panel-performer.ts';
import { PanelSlot } from '../panel/panel-slot.ts';
import type { TextPainter } from '../sign-ports.ts';
import type { OutputKit, OutputUnit } from './parts.ts';

/** A board that resets when its port is opened needs two seconds; then it was there, or is missing. */
const FIRST_LOOK_MS = 5_000;

export interface PanelHardware {
  link: BoardLink;
  size: { width: number; height: number };
  painter: TextPainter;
  /** The name of the village on the idle page. */
  place: string;
}

/** The sign of a hall: a performer, its idle page, and the knowledge whether the board answers. */
export function panelUnit({ link, size, painter, place }: PanelHardware, kit: OutputKit): OutputUnit {
  const { clock, log, media, warnings, changed } = kit;
  const slot = new PanelSlot(new BoardPanel(link, size));
  const isTimeKnown = () => knowsTheTime({ trust: clock.trust() });
  const idle = new IdlePage({ slot, painter, clock, log, place, isTimeKnown });
  const note = () => {
    const why = link.whyNot();
    const code = isDeviceError(why, 'panel-version') ? 'panel-version' : 'panel-gone';
    if (why === undefined) {
      warnings.clear('panel-gone');
      warnings.clear('panel-version');
      idle.refresh();
    } else warnings.raise(code, why.message);
    changed();
  };
  let ignore = () => {};
  let forgetFirstLook = () => {};
  return {
    performer: new PanelPerformer({
      ...{ slot, painter, idle, clock },
      ensurePicture: ({ sha256, bytes }, signal) => media.ensure(sha256, bytes, signal),
    }),
    works: () => link.whyNot() === undefined,
    start: () => {
      ignore = link.onChange(note);
      // A board that never was there does not go away either: after the time to say hello it is looked at once.
      forgetFirstLook = clock.after(FIRST_LOOK_MS, note);
      idle.start();
    },
    stop: async () => {
      ignore();
      forgetFirstLook();
      idle.stop();
    },
  };
}

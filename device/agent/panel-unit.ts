import { type DeviceError, isDeviceError } from '../errors.ts';
import { knowsTheTime } from '../orders/here.ts';
import { IdlePage } from '../panel/idle.ts';
import { PanelPerformer } from '../panel/panel-performer.ts';
import { PanelSlot } from '../panel/panel-slot.ts';
import type { Panel, TextPainter } from '../sign-ports.ts';
import type { OutputKit, OutputUnit } from './parts.ts';

/** A board that resets when its port is opened needs two seconds; then it was there, or is missing. */
const FIRST_LOOK_MS = 5_000;

/** A sign, ours or another maker's, and the knowledge whether it is there. */
export interface Sign {
  panel: Panel;
  /** Undefined = nothing is known against it. */
  whyNot(): DeviceError | undefined;
  /** Calls whenever `whyNot` changes; returns the way to end that. */
  onChange(call: () => void): () => void;
}

export interface PanelHardware {
  sign: Sign;
  painter: TextPainter;
  /** The name of the village on the idle page. */
  place: string;
}

/** The sign of a hall: a performer, its idle page, and the knowledge whether the sign answers. */
export function panelUnit({ sign, painter, place }: PanelHardware, kit: OutputKit): OutputUnit {
  const { clock, log, media, warnings, changed } = kit;
  const slot = new PanelSlot(sign.panel);
  const isTimeKnown = () => knowsTheTime({ trust: clock.trust() });
  const idle = new IdlePage({ slot, painter, clock, log, place, isTimeKnown });
  const note = () => {
    const why = sign.whyNot();
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
    works: () => sign.whyNot() === undefined,
    start: () => {
      ignore = sign.onChange(note);
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

import type { FallbackConfig } from '../config/lamps.ts';
import { type DeviceError, isDeviceError } from '../errors.ts';
import { SignHealth, signFacts, warningOf } from '../health/sign-health.ts';
import { knowsTheTime } from '../orders/here.ts';
import type { BrightnessRule } from '../panel/brightness.ts';
import { paintFallback } from '../panel/fallback-page.ts';
import { IdlePage } from '../panel/idle.ts';
import { PanelPerformer } from '../panel/panel-performer.ts';
import { PanelSlot } from '../panel/panel-slot.ts';
import { SignKeeper } from '../panel/sign-keeper.ts';
import { SignView } from '../panel/sign-view.ts';
import type { Panel, TextPainter } from '../sign-ports.ts';
import type { OutputKit, OutputUnit } from './parts.ts';

const LOOKS = {
  /** A board that resets when its port is opened answers within two seconds; what it then is may be wrong for good. */
  first_ms: 5_000,
  /** So long one that was not there yet may be on its way: it is tried each five seconds at most. */
  coming_ms: 15_000,
} as const;

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
  /** Undefined = a sign that takes no pages: it is only looked after. */
  painter: TextPainter | undefined;
  /** The name of the village on the idle page. */
  place: string;
  brightness: BrightnessRule;
  fallback: FallbackConfig | undefined;
}

/** The sign of a hall: a performer, its idle page, who looks after it, and the knowledge whether it answers. */
export function panelUnit(hardware: PanelHardware, kit: OutputKit): OutputUnit {
  const { sign, painter, place, brightness } = hardware;
  const { clock, log, media, warnings, changed } = kit;
  const health = new SignHealth(warnings);
  const slot = new PanelSlot(sign.panel, (shown, screen) => {
    view.came(shown, screen);
    if (shown instanceof Error) return isDeviceError(shown, 'panel-refused') && health.stood(shown);
    health.stood(shown.rewritten ? 'rewritten' : 'stands');
  });
  const isTimeKnown = () => knowsTheTime({ trust: clock.trust() });
  const view = new SignView({
    ...{ clock, isTimeKnown, whyNot: () => sign.whyNot() },
    face: () => slot.face,
    readsBack: () => sign.panel.abilities().readsBack,
  });
  const keeper = new SignKeeper({
    ...{ panel: sign.panel, clock, log, brightness, isTimeKnown },
    fallback: fallbackOf(hardware, slot),
    measured: (measures) => health.measured(measures),
    stood: (standing) => {
      view.looked(standing);
      health.stood(standing);
    },
  });
  const idle = painter && new IdlePage({ slot, painter, clock, log, place, isTimeKnown });
  let isComing = true;
  const note = () => {
    const why = sign.whyNot();
    if (why === undefined) isComing = false;
    const isOnItsWay = isComing && why !== undefined && warningOf(why) === 'panel-gone';
    if (!isOnItsWay) health.there(why);
    if (why === undefined) {
      idle?.refresh();
      keeper.cameBack();
    }
    changed();
  };
  let ignore = () => {};
  let forgetLooks: (() => void)[] = [];
  return {
    ...(idle && {
      performer: new PanelPerformer({
        ...{ slot, painter, idle, clock, brighten: () => keeper.brighten() },
        ensurePicture: ({ sha256, bytes }, signal) => media.ensure(sha256, bytes, signal),
      }),
    }),
    ...(painter && { view }),
    works: () => sign.whyNot() === undefined,
    health: () => ({ sign: signFacts(keeper.known) }),
    start: () => {
      ignore = sign.onChange(note);
      // A board that never was there does not go away either: it is looked at after the time to say hello.
      forgetLooks = [
        clock.after(LOOKS.first_ms, note),
        clock.after(LOOKS.coming_ms, () => {
          isComing = false;
          note();
        }),
      ];
    },
    look: () => {
      idle?.start();
      keeper.start();
    },
    stop: async () => {
      ignore();
      for (const forget of forgetLooks) forget();
      idle?.stop();
      keeper.stop();
    },
  };
}

function fallbackOf({ painter, place, fallback }: PanelHardware, slot: PanelSlot) {
  if (painter === undefined || fallback === undefined) return undefined;
  const { seconds, text } = fallback;
  return { seconds, paint: () => paintFallback(painter, slot.face, { place, text }) };
}

import WaveSurfer from 'wavesurfer.js';
import RegionsPlugin, { type Region } from 'wavesurfer.js/dist/plugins/regions.js';
import { styleNonce } from '../house/style-nonce.ts';
import { peaksOf } from './peaks.ts';
import { CUT_LEAST_SECONDS, type Cut, secondsOf, type Take } from './take.ts';
import { wavOf } from './wav.ts';

/** A drawn wave form: the part that is kept is marked, heard and moved in it. */
export interface Wave {
  mark: (cut: Cut) => void;
  play: () => void;
  pause: () => void;
  /** Takes it off the page, and the sound out of the memory. */
  end: () => void;
}

interface Told {
  /** Somebody moved an edge. */
  onCut: (cut: Cut) => void;
  onHearing: (hearing: boolean) => void;
}

/** One bar of the drawing for each of these; more are not seen. */
const BARS = 1_200;
const HEIGHT_PX = 96;

/** Draws from the samples themselves: the page's policy lets nothing be fetched out of memory, and nothing need be. */
export function drawWave(container: HTMLElement, take: Take, { onCut, onHearing }: Told): Wave {
  const seconds = secondsOf(take);
  const address = URL.createObjectURL(wavOf(take.samples, take.rateHz));
  const regions = RegionsPlugin.create();
  const surfer = WaveSurfer.create({
    container,
    media: new Audio(address),
    peaks: [peaksOf(take.samples, BARS)],
    duration: seconds,
    height: HEIGHT_PX,
    waveColor: '#868e96',
    progressColor: '#137a5b',
    cursorColor: '#e8590c',
    normalize: true,
    plugins: [regions],
    cspNonce: styleNonce(),
  });
  let region: Region | undefined;
  const mark = ({ from, until }: Cut) => {
    if (region === undefined) {
      region = regions.addRegion({
        ...{ start: from, end: until, minLength: Math.min(CUT_LEAST_SECONDS, seconds) },
        color: 'rgb(52 171 132 / 25%)',
      });
    } else if (region.start !== from || region.end !== until) region.setOptions({ start: from, end: until });
  };
  regions.on('region-updated', ({ start, end }) => onCut({ from: start, until: end }));
  surfer.on('play', () => onHearing(true));
  surfer.on('pause', () => onHearing(false));
  surfer.on('finish', () => onHearing(false));
  return {
    mark,
    play: () => region?.play(true),
    pause: () => surfer.pause(),
    end: () => {
      surfer.destroy();
      URL.revokeObjectURL(address);
    },
  };
}

import type { Measured } from '../../content/loudness.ts';

/** Reads what ffmpeg prints for people; the wording is the same from the build of 2018 to 7.1. */

export interface Streams {
  sound: boolean;
  /** A moving picture; the cover of an album is none. */
  video: boolean;
  /** What the container claims, ms; undefined where it does not know or ffmpeg only guesses. */
  claimedMs: number | undefined;
}

export function streamsIn(said: string): Streams {
  const lines = said.split('\n').filter((line) => /^\s*Stream #0/.test(line));
  const claimed = /Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(said);
  const [, hours, minutes, seconds] = said.includes('Estimating duration') ? [] : (claimed ?? []);
  return {
    sound: lines.some((line) => line.includes(': Audio:')),
    video: lines.some((line) => line.includes(': Video:') && !line.includes('(attached pic)')),
    claimedMs:
      hours === undefined
        ? undefined
        : Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000),
  };
}

/** The summary of the `ebur128` filter; undefined where it printed none. Silence is -70 LUFS, the gate of BS.1770. */
export function loudnessIn(said: string): Measured | undefined {
  const summary = said.slice(said.lastIndexOf('Summary:'));
  const lufs = /\bI:\s+(-?[\d.]+|-?inf|nan) LUFS/.exec(summary)?.[1];
  const peak = /\bPeak:\s+(-?[\d.]+|-?inf|nan) dBFS/.exec(summary)?.[1];
  if (lufs === undefined || peak === undefined) return undefined;
  return { lufs: decibels(lufs), truePeakDbtp: decibels(peak) };
}

function decibels(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
}

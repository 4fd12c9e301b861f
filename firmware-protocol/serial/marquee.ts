import { codecOf } from './layout.ts';

/** Steps a second at most: faster than any eye follows, and what a scan of the lamps allows. */
export const MAX_STEPS_PER_SECOND = 60;

/** Makes the board's strip this size and dark, and ends a marquee that runs. */
export const stripBegin = codecOf([
  { name: 'width', as: 'u16' },
  { name: 'height', as: 'u16' },
]);

/**
 * Arms the strip: it runs from the next commit on, from right to left through a window as high as the strip. `gap` dark
 * columns between two rounds; `rounds` 0 = for ever.
 */
export const marqueeRun = codecOf([
  { name: 'strip', as: 'u32' },
  { name: 'x', as: 'u16' },
  { name: 'y', as: 'u16' },
  { name: 'width', as: 'u16' },
  { name: 'stepsPerSecond', as: 'u8' },
  { name: 'stepPixels', as: 'u8' },
  { name: 'gap', as: 'u16' },
  { name: 'rounds', as: 'u16' },
]);

export const marqueeStop = codecOf([]);

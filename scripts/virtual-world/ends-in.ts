import type { Report } from '../../firmware-protocol/content/report.ts';

/** How a play ended, by what a hall reported, an output each: `panel cancelled stopped`, `tower finished`. */
export function endsIn(events: readonly Report['event'][], play: string): string[] {
  return events
    .flatMap((event) =>
      event.type === 'ended' && event.play === play
        ? [[event.output, event.outcome, event.reason].filter((word) => word !== undefined).join(' ')]
        : [],
    )
    .sort();
}

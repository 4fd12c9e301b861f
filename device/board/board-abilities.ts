import type { PanelAbilities, PanelMeasures } from '../sign-ports.ts';
import type { BoardFacts } from './board-mouth.ts';

/** What a board's welcome promises of it as a sign; undefined = none was ever there, so nothing is promised. */
export function abilitiesOf(board: BoardFacts | undefined): PanelAbilities {
  const has = (what: BoardFacts['fitted'][number]): boolean => board?.fitted.includes(what) ?? false;
  const measures: (keyof PanelMeasures)[] = [
    ...(has('sensors') ? (['temperatureC', 'lightLux', 'supplyVolts'] as const) : []),
    ...(has('module-sense') ? (['faultyModules'] as const) : []),
  ];
  return {
    pixels: true,
    depth: board?.depth ?? 'rgb565',
    readsBack: true,
    whole: true,
    marquee: has('marquee'),
    ...(has('marquee') && { stripPixels: board?.stripPixels ?? 0 }),
    brightness: has('brightness'),
    fallback: has('fallback'),
    measures,
  };
}

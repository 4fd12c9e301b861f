/** The way from province to province by arrow keys: to the nearest one that lies there. */

export interface MapPoint {
  area: string;
  x: number;
  y: number;
}

const WAYS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};
/** What lies more aside than ahead comes after all that lies ahead, so that nothing is out of reach. */
const ASIDE = 10_000;

/** The area to go to; undefined: no arrow key, or nothing lies there. */
export function stepFrom(from: MapPoint, all: readonly MapPoint[], key: string): string | undefined {
  const way = WAYS[key];
  if (way === undefined) return undefined;
  const ahead = all
    .map(({ area, x, y }) => {
      const along = (x - from.x) * way.x + (y - from.y) * way.y;
      const aside = Math.abs((x - from.x) * way.y) + Math.abs((y - from.y) * way.x);
      return { area, along, far: along + aside + (aside > along ? ASIDE : 0) };
    })
    .filter(({ area, along }) => area !== from.area && along > 0);
  return ahead.sort((one, other) => one.far - other.far)[0]?.area;
}

import type { Point, Polygon } from './cap-geometry.ts';

/**
 * A polygon -> whether a point is in it or on its edge, and how many edges are looked at for a point at most. It winds: where its loops overlap is
 * inside, a hole cut by a loop of the other sense is outside. Edges are straight in degrees and go the short way round, also over the 180th meridian.
 */
export function insideOf(polygon: Polygon): { holds: (point: Point) => boolean; edges: number } {
  const corners = unwrapped(polygon);
  const [west, east] = bounds(corners.map(({ lon }) => lon));
  const [south, north] = bounds(corners.map(({ lat }) => lat));
  const { bands, bandOf } = inBands(edgesOf(corners), south, north);
  return {
    holds: ({ lat, lon }) => {
      if (lat < south || lat > north) return false;
      const edges = bands[bandOf(lat)] ?? [];
      return [lon - 360, lon, lon + 360].some(
        (each) => each >= west && each <= east && isInside(edges, { lat, lon: each }),
      );
    },
    edges: Math.max(...bands.map((band) => band.length)),
  };
}

interface Edge {
  from: Point;
  to: Point;
}

/** Longitudes that run on beyond 180 instead of jumping, so that every edge is the short one. */
function unwrapped(polygon: Polygon): Polygon {
  let turns = 0;
  let before: number | undefined;
  return polygon.map(({ lat, lon }) => {
    if (before !== undefined && lon - before > 180) turns -= 1;
    if (before !== undefined && before - lon > 180) turns += 1;
    before = lon;
    return { lat, lon: lon + 360 * turns };
  });
}

/** The last one closes it. */
function edgesOf(corners: Polygon): Edge[] {
  return corners.map((to, at) => ({ from: corners.at(at - 1) ?? to, to }));
}

function bounds(values: number[]): [least: number, most: number] {
  return values.reduce<[number, number]>(
    ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** In how many bands an edge may stand on the average. */
const BANDS_OF_AN_EDGE = 8;
const BANDS_MOST = 1_024;

/**
 * Edges by bands of latitude: an outline of a country has thousands of corners, and a village has to do with those beside it alone. As many bands
 * as there are edges, fewer where edges are long.
 */
function inBands(
  edges: Edge[],
  south: number,
  north: number,
): { bands: Edge[][]; bandOf: (lat: number) => number } {
  const bandOfMany = (count: number) => (lat: number) =>
    north === south ? 0 : Math.min(count - 1, Math.floor(((lat - south) / (north - south)) * count));
  const spanOf = ({ from, to }: Edge, bandOf: (lat: number) => number) =>
    [bandOf(Math.min(from.lat, to.lat)), bandOf(Math.max(from.lat, to.lat))] as const;
  const standIn = (count: number) =>
    edges.reduce((sum, edge) => {
      const [first, last] = spanOf(edge, bandOfMany(count));
      return sum + last - first + 1;
    }, 0);
  let count = Math.min(BANDS_MOST, edges.length);
  while (count > 1 && standIn(count) > BANDS_OF_AN_EDGE * edges.length) count = Math.floor(count / 2);
  const bandOf = bandOfMany(count);
  const bands = Array.from({ length: count }, (): Edge[] => []);
  for (const edge of edges) {
    const [first, last] = spanOf(edge, bandOf);
    for (let band = first; band <= last; band++) bands[band]?.push(edge);
  }
  return { bands, bandOf };
}

/** The winding number is not zero, or the point lies on an edge. */
function isInside(edges: readonly Edge[], { lat, lon }: Point): boolean {
  let winding = 0;
  for (const { from, to } of edges) {
    // Twice the area of the triangle from -> to -> point: its sign is the side on which the point lies.
    const side = (to.lon - from.lon) * (lat - from.lat) - (lon - from.lon) * (to.lat - from.lat);
    if (side === 0 && isBetween(lat, from.lat, to.lat) && isBetween(lon, from.lon, to.lon)) return true;
    if (from.lat <= lat && to.lat > lat && side > 0) winding += 1;
    if (from.lat > lat && to.lat <= lat && side < 0) winding -= 1;
  }
  return winding !== 0;
}

function isBetween(value: number, one: number, other: number): boolean {
  return value >= Math.min(one, other) && value <= Math.max(one, other);
}

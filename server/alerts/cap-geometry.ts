/** Points of WGS 84, degrees. */
export interface Point {
  lat: number;
  lon: number;
}

/** First point = last point. */
export type Polygon = Point[];

export interface Circle {
  centre: Point;
  radiusKm: number;
}

/** Why a text is no geometry, in both languages in one word each. */
export interface NoGeometry {
  why: string;
}

const NUMBER = '[-+]?(?:\\d{1,20}(?:\\.\\d{0,20})?|\\.\\d{1,20})';
const PAIR = new RegExp(`^(${NUMBER}),(${NUMBER})$`);
const RADIUS = new RegExp(`^${NUMBER}$`);
/** A triangle, with its first corner again (CAP 3.2.4). */
const FEWEST_PAIRS = 4;

function pointOf(pair: string): Point | undefined {
  const [, latText, lonText] = PAIR.exec(pair) ?? [];
  if (latText === undefined || lonText === undefined) return undefined;
  const [lat, lon] = [Number(latText), Number(lonText)];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

/** `lat,lon lat,lon …`; undefined = empty, which is the same as none. */
export function polygonOf(text: string): Polygon | NoGeometry | undefined {
  const pairs = text.split(/\s+/).filter((pair) => pair !== '');
  if (pairs.length === 0) return undefined;
  const points: Polygon = [];
  for (const pair of pairs) {
    const point = pointOf(pair);
    if (point === undefined) return { why: `"${pair.slice(0, 60)}" is not lat,lon` };
    points.push(point);
  }
  if (points.length < FEWEST_PAIRS) return { why: `${points.length} < ${FEWEST_PAIRS} lat,lon` };
  const [first, last] = [points[0], points.at(-1)];
  if (first?.lat !== last?.lat || first?.lon !== last?.lon) return { why: `${pairs[0]} ≠ ${pairs.at(-1)}` };
  return points;
}

/** `lat,lon radius`, the radius in kilometres; undefined = empty. */
export function circleOf(text: string): Circle | NoGeometry | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  const [pair = '', radius = '', ...more] = words;
  const centre = pointOf(pair);
  if (centre === undefined) return { why: `"${pair.slice(0, 60)}" is not lat,lon` };
  if (more.length > 0 || !RADIUS.test(radius) || Number(radius) < 0)
    return { why: `"${[radius, ...more].join(' ').slice(0, 60)}" is not a radius (km)` };
  return { centre, radiusKm: Number(radius) };
}

export function isNoGeometry(read: object | undefined): read is NoGeometry {
  return read !== undefined && 'why' in read;
}

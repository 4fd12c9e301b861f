import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dopaPrefix, matchVillages, type VillagePoint } from '../../../server/alerts/area-match.ts';
import { polygonOf } from '../../../server/alerts/cap-geometry.ts';
import { CapInfo } from '../../../server/alerts/cap-schema.ts';
import { insideOf } from '../../../server/alerts/polygon.ts';
import { processorWatch } from '../processor-time.ts';

const INFO = {
  category: ['Met'],
  event: 'น้ำท่วม',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Likely',
};

/** Which of the villages an area reaches, and by what. */
function reached(area: object, villages: VillagePoint[]) {
  const info = CapInfo.parse({ ...INFO, area: [{ areaDesc: 'ท่าบ่อ', ...area }] });
  return matchVillages([{ info, index: 0 }], villages).map(({ code, rules }) => [
    code,
    ...rules.map(({ kind }) => kind),
  ]);
}

function isInside(polygon: string, lat: number, lon: number): boolean {
  const shape = polygonOf(polygon);
  if (!Array.isArray(shape)) throw new Error('no polygon');
  return insideOf(shape).holds({ lat, lon });
}

describe('polygons', () => {
  const SQUARE = '17,102 17,103 18,103 18,102 17,102';
  const L = '0,0 0,4 1,4 1,1 4,1 4,0 0,0';

  it.each([
    ['in the middle', SQUARE, 17.5, 102.5, true],
    ['outside', SQUARE, 18.5, 102.5, false],
    ['on an edge', SQUARE, 17, 102.5, true],
    ['on a corner', SQUARE, 18, 103, true],
    ['in the arm of an L', L, 0.5, 3.5, true],
    ['in the notch of an L', L, 2, 2, false],
    ['level with a corner of an L', L, 1, 2, true],
    // Outer ring against the clock, a bridge, the hole with it, the bridge back.
    ['in a hole', '0,0 0,9 9,9 9,0 0,0 3,3 6,3 6,6 3,6 3,3 0,0', 4, 5, false],
    ['between hole and ring', '0,0 0,9 9,9 9,0 0,0 3,3 6,3 6,6 3,6 3,3 0,0', 8, 5, true],
    ['where two loops overlap', '0,0 0,6 6,6 6,0 0,0 3,3 3,9 9,9 9,3 3,3 0,0', 5, 5, true],
    ['across the 180th meridian, east of it', '-10,175 -10,-175 10,-175 10,175 -10,175', 0, -179, true],
    ['across the 180th meridian, west of it', '-10,175 -10,-175 10,-175 10,175 -10,175', 0, 179, true],
    ['the other way round the world', '-10,175 -10,-175 10,-175 10,175 -10,175', 0, 0, false],
    ['a line', '0,0 0,5 0,9 0,0', 0, 4, true],
    ['beside a line', '0,0 0,5 0,9 0,0', 0.1, 4, false],
    ['a point', '5,5 5,5 5,5 5,5', 5, 5, true],
    ['beside a point', '5,5 5,5 5,5 5,5', 5, 6, false],
  ])('%s', (_what, polygon, lat, lon, inside) => {
    expect(isInside(polygon, lat, lon)).toBe(inside);
    const reversed = polygon.split(' ').reverse().join(' ');
    expect(isInside(reversed, lat, lon), 'drawn the other way').toBe(inside);
  });

  it('say the same wherever their first corner is', () => {
    const degree = fc.integer({ min: -80, max: 80 });
    const point = fc.tuple(degree, degree);
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 3, maxLength: 8 }),
        point,
        fc.nat(),
        (corners, [lat, lon], turn) => {
          const ring = (from: number) => {
            const turned = [...corners.slice(from), ...corners.slice(0, from)];
            return [...turned, turned[0] ?? []].map((pair) => pair.join()).join(' ');
          };
          expect(isInside(ring(turn % corners.length), lat + 0.5, lon + 0.25)).toBe(
            isInside(ring(0), lat + 0.5, lon + 0.25),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of thousands of corners look at the few edges beside a point, and say the same', () => {
    const at = (turn: number, radius: number) => {
      const angle = turn * 2 * Math.PI;
      return { lat: 15 + radius * Math.sin(angle), lon: 101 + radius * Math.cos(angle) };
    };
    // A coast: in and out from corner to corner, between 3.9 and 4 degrees from its middle.
    const coast = Array.from({ length: 5_000 }, (_, corner) =>
      at(corner / 5_000, corner % 2 === 0 ? 4 : 3.9),
    );
    const { holds, edges } = insideOf([...coast, ...coast.slice(0, 1)]);
    expect(edges).toBeLessThan(500);
    for (let turn = 0; turn < 1; turn += 0.000_37)
      expect([holds(at(turn, 3.8)), holds(at(turn, 4.05))], `${turn}`).toEqual([true, false]);
  });
});

describe('circles', () => {
  const NONG_KHAI = { code: '43010101', lat: 17.8783, lon: 102.7413 };

  it.each([
    // Tha Bo lies 18.0 km away: on the sphere of 6371 km, 0.0283 degrees of latitude and 0.1678 of longitude.
    ['17.85,102.5735', '19', true],
    ['17.85,102.5735', '17', false],
    ['17.8783,102.7413', '0', true],
    ['17.8784,102.7413', '0.0', false],
    ['17.8783,-77.2587', '20016', true],
  ])('%s %s km', (centre, radius, inside) => {
    expect(reached({ circle: [`${centre} ${radius}`] }, [NONG_KHAI])).toEqual(
      inside ? [['43010101', 'circle']] : [],
    );
  });
});

describe('geocodes', () => {
  it.each([
    ['DOPA', '4302', '4302'],
    ['dopa', '43', '43'],
    ['TIS1099', '430205', '430205'],
    ['TH-DOPA', '43020507', '43020507'],
    ['DOPA', '430', undefined],
    ['DOPA', 'TH', ''],
    ['ISO 3166-2', 'TH-43', '43'],
    ['iso3166-1', 'TH', ''],
    ['http://www.iso.org/iso/country_codes.html', 'TH-10', '10'],
    ['http://www.iso.org/iso/country_codes.html', 'AU-NSW', undefined],
    ['SAME', '043020', undefined],
    ['FIPS6', '43', undefined],
  ])('%s %s', (name, value, prefix) => {
    expect(dopaPrefix(name, value)).toBe(prefix);
  });
});

describe('the area of an alert', () => {
  const VILLAGES = [
    { code: '43020101', lat: 17.85, lon: 102.58 },
    { code: '43020102' },
    { code: '43010101', lat: 17.88, lon: 102.74 },
    { code: '41010101', lat: 17.41, lon: 102.79 },
  ];

  it('is the union of all, and says what matched', () => {
    const area = {
      polygon: ['17.70,102.40 17.70,102.70 18.00,102.70 18.00,102.40 17.70,102.40', ' '],
      circle: ['17.88,102.74 12'],
      geocode: [{ valueName: 'DOPA', value: '4302' }],
    };
    expect(reached(area, VILLAGES)).toEqual([
      ['43020101', 'polygon', 'geocode'],
      ['43020102', 'geocode'],
      ['43010101', 'circle'],
    ]);
  });

  it('is nothing without one', () => {
    expect(reached({}, VILLAGES)).toEqual([]);
    expect(reached({ polygon: [''] }, VILLAGES)).toEqual([]);
  });

  it('of a thousand corners over a thousand villages takes no second', () => {
    const corner = (turn: number) =>
      `${(17 + Math.sin(turn)).toFixed(4)},${(102 + Math.cos(turn)).toFixed(4)}`;
    const turns = Array.from({ length: 1_000 }, (_, each) => (each / 1_000) * 2 * Math.PI);
    const polygon = [...turns.map(corner), corner(0)].join(' ');
    const villages = Array.from({ length: 1_000 }, (_, each) => ({
      code: String(43_000_000 + each),
      lat: 16 + each / 500,
      lon: 102,
    }));
    const tookMs = processorWatch();
    expect(reached({ polygon: [polygon] }, villages).length).toBeGreaterThan(990);
    expect(tookMs()).toBeLessThan(1_000);
  });
});

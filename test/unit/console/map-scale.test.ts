import { expect, it } from 'vitest';
import { amissIn, COUNT_KINDS } from '../../../server/console/areas/count-kinds.ts';
import { type MapColoring, standingOf } from '../../../server/console/areas/map-scale.ts';

const counts = (more: object) => ({
  ...{ halls: 100, online: 100, tower_fault: 0, sign_fault: 0, clock: 0, warned: 0 },
  ...more,
});

it.each<[MapColoring, object, string]>([
  ['heard', {}, 'good'],
  ['heard', { online: 90 }, 'good'],
  // Who is there and has no sound is not heard.
  ['heard', { online: 92, tower_fault: 3 }, 'poor'],
  ['heard', { online: 49 }, 'bad'],
  ['online', { online: 92, tower_fault: 50 }, 'good'],
  ['silent', { online: 90 }, 'good'],
  ['silent', { online: 89 }, 'poor'],
  ['silent', { online: 49 }, 'bad'],
  ['tower_fault', { online: 0 }, 'good'],
  ['tower_fault', { tower_fault: 1 }, 'poor'],
  ['sign_fault', { sign_fault: 10 }, 'poor'],
  ['sign_fault', { sign_fault: 11 }, 'bad'],
  ['clock', { clock: 1 }, 'poor'],
  ['warned', { warned: 0 }, 'good'],
  ['warned', { halls: 0, online: 0 }, 'empty'],
])('coloured by %s, an area with %o is %s', (coloring, more, standing) => {
  expect(standingOf(counts(more), coloring)).toBe(standing);
});

it('names what is amiss and with how many, and nothing that is well', () => {
  expect(amissIn(counts({}))).toEqual([]);
  expect(
    amissIn(counts({ online: 97, clock: 2, warned: 5 })).map(({ kind, value }) => [kind, value]),
  ).toEqual([
    ['silent', 3],
    ['clock', 2],
  ]);
  expect(COUNT_KINDS.map(({ count }) => count(counts({ online: 97, sign_fault: 4 })))).toEqual([
    97, 3, 0, 4, 0, 0,
  ]);
});

import { expect, it } from 'vitest';
import { homeOf } from '../../../server/console/areas/area-address.ts';
import { type FleetSearch, readFleet, writeFleet } from '../../../server/console/fleet/fleet-search.ts';

const plain: FleetSearch = {
  ...{ area: '43', q: '', only: [], sort: 'village', descending: false },
  map: 'heard',
};

it('an address without wishes shows the home of the account', () => {
  expect(readFleet({}, '43')).toEqual(plain);
  expect(writeFleet(plain, '43')).toEqual({});
  expect(homeOf(['43'])).toBe('43');
  expect(homeOf(['43', '4101'])).toBe('th');
});

it.each<FleetSearch>([
  { ...plain, area: 'th' },
  { ...plain, area: '430101', q: '4301' },
  { ...plain, map: 'sign_fault' },
  { ...plain, q: 'บ้าน', only: ['tower_fault', 'silent'], sort: 'trouble', descending: true },
])('is read as it was written: %o', (search) => {
  expect(readFleet(JSON.parse(JSON.stringify(writeFleet(search, '43'))), '43')).toEqual(search);
});

it('what nobody could have chosen is as if it were not there', () => {
  expect(
    readFleet(
      { area: '../x', only: 'warned.constructor', sort: 'password', descending: 'yes', map: 'red' },
      '43',
    ),
  ).toEqual({
    ...plain,
    only: ['warned'],
  });
});

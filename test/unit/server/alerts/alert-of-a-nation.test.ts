import { beforeAll, expect, it } from 'vitest';
import { villageOf } from '../../../../scripts/bench/nation/villages.ts';
import { targetsOf } from '../../../../server/alerts/alert-targets.ts';
import { CapInfo } from '../../../../server/alerts/cap-schema.ts';
import { VillageRegister } from '../../../../server/areas/village-register.ts';
import { costOf } from '../../processor-time.ts';
import { openOffice } from '../office.ts';

const VILLAGES = 75_000;
/** Their points lie in a square of 4 degrees, line by line. */
const pointOf = (at: number) => ({ lat: 14 + (at % 274) / 70, lon: 100 + Math.floor(at / 274) / 70 });

/** The square, each side in many corners, as the outline of a country has. */
function outline(corners: number): string {
  const side = Array.from({ length: corners / 4 }, (_, at) => (4.2 * at) / (corners / 4));
  const pairs = [
    ...side.map((along) => [13.9, 99.9 + along]),
    ...side.map((along) => [13.9 + along, 104.1]),
    ...side.map((along) => [18.1, 104.1 - along]),
    ...side.map((along) => [18.1 - along, 99.9]),
    [13.9, 99.9],
  ];
  return pairs.map(([lat, lon]) => `${lat?.toFixed(5)},${lon?.toFixed(5)}`).join(' ');
}

function info(area: object): CapInfo {
  return CapInfo.parse({
    ...{ language: 'th-TH', category: ['Met'], event: 'พายุ', urgency: 'Immediate' },
    ...{ severity: 'Severe', certainty: 'Likely', area: [{ areaDesc: 'ทั้งประเทศ', ...area }] },
  });
}

let villages: VillageRegister;
beforeAll(async () => {
  const { db, clock } = await openOffice();
  villages = new VillageRegister({ db, places: undefined as never, clock });
  const outputs: 'tower'[] = ['tower'];
  await db.villages.put(
    Array.from({ length: VILLAGES }, (_, at) => ({
      ...{ code: villageOf(at), name: `บ้าน ${at}`, nameEn: undefined, households: 120, listedAt: 0 },
      sites: [{ name: 'ศาลาประชาคม', point: pointOf(at), outputs }],
    })),
  );
}, 300_000);

it.each([
  ['a circle of a district', { circle: ['15.5,101.5 30'] }],
  ['the outline of a country', { polygon: [outline(4_000)] }],
  [
    'the codes of 7,000 tambons',
    {
      geocode: Array.from({ length: 7_000 }, (_, at) => ({
        valueName: 'DOPA',
        value: villageOf(at * 10).slice(0, 6),
      })),
    },
  ],
])('an alert of the nation for %s finds its villages and holds nobody up', async (_what, area) => {
  const infos = [info(area)];
  await targetsOf(infos, ['th'], villages);
  let found = 0;
  const { heldUpMs } = await costOf(async () => {
    found = (await targetsOf(infos, ['th'], villages)).to.length;
  });
  expect(found).toBeGreaterThan(0);
  expect(heldUpMs).toBeLessThan(100);
});

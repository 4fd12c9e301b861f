import { expect, it } from 'vitest';
import type { VillagePoints } from '../../../server/alerts/alert-records.ts';
import { targetsOf } from '../../../server/alerts/alert-targets.ts';
import { readAlerts } from '../../../server/alerts/read-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { bytesOf, FLOOD } from '../../fixtures/cap/fixtures.ts';

function villages() {
  const asked: string[] = [];
  const points: VillagePoints['points'] = async function* (area) {
    asked.push(area);
    yield [{ code: '43010199', lat: 17.8, lon: 102.5 }];
  };
  return { asked, points };
}

it('an alert that says nothing live does not read where the villages of the nation stand', async () => {
  const { asked, points } = villages();
  expect(await targetsOf([], ['th'], { points })).toEqual({
    to: [],
    matched: { polygon: 0, circle: 0, geocode: 0 },
  });
  expect(asked).toEqual([]);
});

it('an alert with places reaches what it names, and who stands inside', async () => {
  const infos = readAlerts(bytesOf(FLOOD), readXml)[0]?.alert?.info ?? [];
  expect((await targetsOf(infos, ['th'], villages())).to).toEqual(['4302', '43010199']);
});

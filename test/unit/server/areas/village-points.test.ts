import { expect, it } from 'vitest';
import { matchVillages, type VillagePoint } from '../../../../server/alerts/area-match.ts';
import { CapInfo } from '../../../../server/alerts/cap-schema.ts';
import type { VillageRecord } from '../../../../server/areas/place-records.ts';
import { VillageRegister } from '../../../../server/areas/village-register.ts';
import type { Database } from '../../../../server/tables.ts';

const outputs: VillageRecord['sites'][number]['outputs'] = ['tower'];
const VILLAGE: VillageRecord = {
  code: '43010101',
  name: 'บ้านสองฝั่ง',
  nameEn: undefined,
  households: undefined,
  listedAt: 0,
  sites: [
    { name: 'ศาลาประชาคม', point: { lat: 17.8, lon: 102.7 }, outputs },
    { name: 'วัด', point: undefined, outputs },
    { name: 'โรงเรียน', point: { lat: 17.9, lon: 102.7 }, outputs },
  ],
};

it('a village of two sites is warned where the danger is at either of them, and counted once', async () => {
  const register = new VillageRegister({
    db: { villages: { next: async () => [VILLAGE] } } as unknown as Database,
    places: undefined as never,
    clock: { wall: () => 0 },
  });
  const points: VillagePoint[] = [];
  for await (const page of register.points('43')) points.push(...page);
  const reached = (circle: string) => {
    const info = CapInfo.parse({
      category: ['Met'],
      event: 'น้ำท่วม',
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Likely',
      area: [{ areaDesc: 'ท่าบ่อ', circle: [circle] }],
    });
    return matchVillages([{ info, index: 0 }], points).map(({ code, rules }) => [code, rules.length]);
  };
  expect(reached('17.9,102.7 1')).toEqual([['43010101', 1]]);
  expect(reached('17.85,102.7 20')).toEqual([['43010101', 1]]);
  expect(reached('17.5,102.7 1')).toEqual([]);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { Places } from '../../../../server/areas/places.ts';
import { mayReach } from '../../../../server/areas/reach.ts';
import { thaiPlaces } from '../../../../server/drivers/thai-places.ts';

const places = new Places(thaiPlaces());
// The package's tables are read with the first question.
beforeAll(() => places.exists('43'));

describe('places of Thailand', () => {
  it.each([
    ['th', 'nation', 'ประเทศไทย', 'Thailand'],
    ['43', 'province', 'จังหวัดหนองคาย', 'Nong Khai'],
    ['4301', 'district', 'อำเภอเมืองหนองคาย', 'Amphoe Mueang Nong Khai'],
    ['430101', 'tambon', 'ตำบลในเมือง', 'Tambon Nai Mueang'],
    ['43010102', 'village', 'หมู่ที่ 2 ตำบลในเมือง', 'Moo 2, Tambon Nai Mueang'],
    ['10', 'province', 'กรุงเทพมหานคร', 'Bangkok'],
    ['1001', 'district', 'เขตพระนคร', 'Khet Phra Nakhon'],
  ])('%s is a %s, %s', async (code, level, th, en) => {
    expect(await places.placeOf(code)).toEqual({ code, level, th, en });
  });

  it.each([
    ['38', 'จังหวัดบึงกาฬ'],
    ['3801', 'อำเภอเมืองบึงกาฬ'],
    ['5025', 'อำเภอกัลยาณิวัฒนา'],
    ['5303', 'อำเภอท่าปลา'],
    ['5304', 'อำเภอน้ำปาด'],
  ])('%s, wrong in the package, is %s', async (code, th) => {
    expect(await places.placeOf(code)).toMatchObject({ th });
  });

  it.each(['97', '9701', '99', '98', '2801', '4399', '430199', '43019901', '430100', '43010100', '439901'])(
    '%s does not exist',
    async (code) => {
      expect(await places.exists(code)).toBe(false);
    },
  );

  it.each(['380101', '810801', '81080103', '100910', '502501'])(
    '%s exists though its list has holes',
    async (code) => {
      expect(await places.exists(code)).toBe(true);
    },
  );

  it('knows 77 provinces', async () => {
    const codes = Array.from({ length: 90 }, (_, index) => String(index + 10));
    const found = await Promise.all(codes.map((code) => places.exists(code)));
    expect(found.filter(Boolean)).toHaveLength(77);
  });
});

describe('reach of an account', () => {
  it.each([
    [['43'], '43010101', true],
    [['43'], '43', true],
    [['43'], '41', false],
    [['43'], 'th', false],
    [['4301', '41'], '4102', true],
    [['th'], 'th', true],
    [[], '43', false],
  ])('%j reaches %s: %s', (areas, area, may) => {
    expect(mayReach(areas, area)).toBe(may);
  });
});

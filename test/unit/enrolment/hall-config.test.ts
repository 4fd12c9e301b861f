import { expect, test } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';

const hall = (more: object) => ({
  data: '/var/lib/prakat-hall',
  ...more,
});
const board = (more: object) => hall({ board: { line: '/dev/ttyACM0', ...more } });
const panel = { width: 128, height: 64 };

test('a sign is looked after without a word about it', () => {
  const { brightness, fallback, board: read } = DeviceConfig.parse(board({ panel }));
  expect(brightness).toMatchObject({ ceiling: 255, sensor: true });
  expect(fallback).toEqual({ seconds: 120, text: 'ระบบประกาศขัดข้องชั่วคราว' });
  expect(read?.panel).toEqual({ ...panel, turned: 0 });
});

test('what a technician may say of a sign', () => {
  const read = DeviceConfig.parse({
    ...board({ address: 12, panel: { ...panel, turned: 270 } }),
    brightness: { ceiling: 80, sensor: false, hours: { '18:00': 20, '06:00': 100 } },
    fallback: { seconds: 60, text: 'โทร 0 4241 1234' },
  });
  expect(read.board).toMatchObject({ address: 12, panel: { turned: 3 } });
  expect(read.brightness).toEqual({
    ceiling: 204,
    sensor: false,
    hours: [
      { minute: 360, level: 255 },
      { minute: 1080, level: 51 },
    ],
  });
  expect(DeviceConfig.parse({ ...board({ panel }), fallback: false }).fallback).toBe(false);
});

test.each([
  [board({ panel: { ...panel, turned: 45 } }), 'board.panel.turned'],
  [board({ address: 255 }), 'board.address'],
  [board({ panel, brightness: {} }), 'board'],
  [{ ...board({ panel }), brightness: { ceiling: 120 } }, 'brightness.ceiling'],
  [{ ...board({ panel }), brightness: { hours: { '6:00': 10 } } }, 'brightness.hours.6:00'],
  [{ ...board({ panel }), fallback: { seconds: 0 } }, 'fallback.seconds'],
  [{ ...board({ panel }), sign: { type: 'png', folder: '/tmp/pages', size: panel } }, 'sign'],
])('%j is refused at its place', (config, path) => {
  const read = DeviceConfig.safeParse(config);
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

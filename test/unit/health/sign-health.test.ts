import { expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { SignHealth, signFacts } from '../../../device/health/sign-health.ts';
import { Warnings } from '../../../device/health/warnings.ts';

function health() {
  const told: string[] = [];
  const warnings = new Warnings(({ code, raised, detail = '' }) =>
    told.push(raised ? `+ ${code} ${detail}` : `- ${code}`),
  );
  return { sign: new SignHealth(warnings), told, warnings };
}

test('modules that do not work, and another list of them', () => {
  const { sign, told } = health();
  sign.measured({ faultyModules: [] });
  sign.measured({ faultyModules: [5] });
  sign.measured({ faultyModules: [5] });
  sign.measured({ faultyModules: [5, 9] });
  sign.measured({ faultyModules: [] });
  expect(told).toEqual([
    '+ panel-modules modules 5, from 0, row by row',
    '- panel-modules',
    '+ panel-modules modules 5, 9, from 0, row by row',
    '- panel-modules',
  ]);
});

test('heat is warned of once, until it is well below', () => {
  const { sign, told } = health();
  for (const temperatureC of [74.9, 75, 74, 70, 80, 69.9, 72]) sign.measured({ temperatureC });
  expect(told).toEqual(['+ panel-hot 75 °C', '- panel-hot']);
});

test('a page that stood wrong, until one stands right; one that went with the power is no such fault (F39)', () => {
  const { sign, told } = health();
  sign.stood('restored');
  sign.stood('unknown');
  sign.stood('rewritten');
  sign.stood('unknown');
  sign.stood('stands');
  sign.stood(new DeviceError('panel-refused', { why: 'busy' }));
  sign.stood(new DeviceError('panel-refused', { crc: '00000001', boardCrc: '00000002' }));
  expect(told).toEqual([
    '+ panel-differs written anew',
    '- panel-differs',
    '+ panel-differs sent 00000001, shown 00000002',
  ]);
});

test('why a sign cannot be used is one warning at a time', () => {
  const { sign, warnings } = health();
  sign.there(new DeviceError('panel-gone'));
  sign.there(new DeviceError('panel-version', { ours: 1, board: 2 }));
  expect(warnings.codes()).toEqual(['panel-version']);
  sign.there(new DeviceError('panel-refused', { configured: '128x64', found: '64x32' }));
  expect(warnings.codes()).toEqual(['panel-other']);
  sign.there(undefined);
  expect(warnings.codes()).toEqual([]);
});

test('what is known travels in plain units, what is not is left out', () => {
  expect(signFacts({})).toEqual({});
  expect(
    signFacts({ level: 77, temperatureC: 41.5, lightLux: 800, supplyVolts: 5.02, faultyModules: [5] }),
  ).toEqual({
    ...{ brightness: 77, temperature_c: 41.5, light_lux: 800, supply_v: 5.02, faulty_modules: [5] },
  });
});

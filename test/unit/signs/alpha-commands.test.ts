import { expect, test } from 'vitest';
import {
  errorsOf,
  memoryCommand,
  pictureCommand,
  RUN_SEQUENCE_COMMAND,
  showCommand,
} from '../../../device/signs/alpha/alpha-commands.ts';
import { alphaRows } from '../../../device/signs/alpha/alpha-dots.ts';

/** Dark, blue, green, cyan, red, magenta, yellow, white. */
const MIXTURES = {
  width: 8,
  height: 1,
  rgb: Uint8Array.from({ length: 24 }, (_unused, at) => (Math.floor(at / 3) & (4 >> (at % 3)) ? 255 : 0)),
};

test.each([
  ['mono', '01111111'],
  ['three-colour', '02221133'],
  ['eight-colour', '02221183'],
] as const)('%s: no mixture that is lit goes dark', (colours, digits) => {
  expect(alphaRows(MIXTURES, colours)).toEqual([digits]);
});

test('the commands, letter by letter (9708-8061F, 6.1 to 6.4)', () => {
  const size = { width: 96, height: 16 };
  expect(memoryCommand(size, 'three-colour')).toBe('E$AAU0040FF00BDL10602000CDL10602000');
  expect(RUN_SEQUENCE_COMMAND).toBe('E.SLA');
  expect(pictureCommand('C', ['012', '210'])).toEqual({ head: 'IC0203', body: '012\r210\r' });
  expect(showCommand('C')).toBe('AA\x1b b\x14C');
  expect(showCommand(undefined)).toBe('AA\x1b b ');
});

test('the error register, bit by bit', () => {
  expect(errorsOf('E*@')).toEqual([]);
  expect(errorsOf('E*\x7f')).toEqual([
    'parity',
    'framing',
    'timeout',
    'buffer-overflow',
    'checksum',
    'illegal-command',
  ]);
  expect(errorsOf('E$@')).toBeUndefined();
});

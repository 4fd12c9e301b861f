import { describe, expect, test } from 'vitest';
import { SignConfig } from '../../../device/config/sign.ts';
import { DeviceConfig } from '../../../device/config.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { PngPanel } from '../../../device/drivers/pictures/png-panel.ts';
import { openSign } from '../../../device/signs/open-sign.ts';
import { DeskLine } from '../../contract/ports/desk-line.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const line = 'tcp:127.0.0.1:1';
const geometry = { module: { width: 32, height: 16 }, modules: { columns: 4, rows: 2 } };

/** As a technician writes them, with the size of the page and whether there is one. */
const WRITTEN: [written: Record<string, unknown>, size: string, pixels: boolean][] = [
  [{ type: 'adalight', line, geometry }, '128x32', true],
  [{ type: 'tpm2', line, geometry: { ...geometry, turned: 90 }, answers: true, gamma: 2.2 }, '32x128', true],
  [{ type: 'alpha', line: '/dev/ttyUSB0@9600', size: { width: 96, height: 16 } }, '96x16', true],
  [{ type: 'onbon', line, size: { width: 128, height: 32 }, model: 'BX-5K' }, '128x32', false],
  [{ type: 'onbon', line, size: { width: 64, height: 64 }, model: 'BX-6Q2', colours: 'full' }, '64x64', true],
  [{ type: 'novastar', line, size: { width: 512, height: 256 }, port: 2 }, '512x256', false],
  [{ type: 'png', folder: '/tmp/pages', size: { width: 128, height: 64 } }, '128x64', true],
];

describe('a sign from its configuration', () => {
  test.each(WRITTEN)('%j', (written, size, pixels) => {
    const { panel, whyNot } = openSign(SignConfig.parse(written), {
      clock: systemClock,
      log: silentLog,
      openLine: () => new DeskLine({ receive: () => [] }),
      openFolder: (options) => new PngPanel(options),
    });
    expect(`${panel.width}x${panel.height}`).toBe(size);
    expect(panel.abilities().pixels).toBe(pixels);
    // A folder is always there; a line is gone until it was tried.
    expect(whyNot()?.code).toBe(written.type === 'png' ? undefined : 'panel-gone');
  });

  test.each([
    ['an unknown member', { type: 'novastar', line, size: { width: 64, height: 32 }, ports: 2 }],
    ['a picture higher than Alpha has dots', { type: 'alpha', line, size: { width: 96, height: 32 } }],
    [
      'more lamps than TPM2 counts',
      { type: 'tpm2', line, geometry: { module: { width: 256, height: 128 } } },
    ],
    ['an unknown model', { type: 'onbon', line, size: { width: 64, height: 32 }, model: 'BX-9' }],
    ['a sign without a line', { type: 'adalight', geometry }],
    ['a maker nobody knows', { type: 'huidu', line }],
  ])('%s is named as a fault', (_name, written) => {
    expect(SignConfig.safeParse(written).success).toBe(false);
  });

  test('a hall has one sign: its own board and another beside it is a fault', () => {
    const sign = { type: 'novastar', line, size: { width: 64, height: 32 } };
    const board = { line, panel: { width: 64, height: 32 } };
    expect(DeviceConfig.safeParse({ data: '/d', sign, board: { line, amplifier: true } }).success).toBe(true);
    expect(DeviceConfig.safeParse({ data: '/d', sign, board }).error?.issues[0]?.path).toEqual(['sign']);
  });
});

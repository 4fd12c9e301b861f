import { describe, expect, test } from 'vitest';
import { AmplifierConfig } from '../../../device/config/amplifier.ts';
import { DeviceConfig } from '../../../device/config.ts';
import { amplifierConfigOf } from '../../../device/main/amplifier.ts';

const faultsOf = (written: object) =>
  AmplifierConfig.safeParse(written).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('what is written down about the amplifier', () => {
  test('is short where all is usual', () => {
    expect(AmplifierConfig.parse({ type: 'gpio', line: 'GPIO17' })).toMatchObject({
      ...{ active_low: false, settle_ms: 300, tail_ms: 0, max_on_s: 3_600 },
      rest: { on_s: 2_700, within_s: 3_600 },
    });
    const board = DeviceConfig.parse({ data: '/x', board: { line: '/dev/ttyACM0', amplifier: true } });
    expect(amplifierConfigOf(board)).toMatchObject({ type: 'board', hot_c: 80 });
    expect(amplifierConfigOf(DeviceConfig.parse({ data: '/x' }))).toEqual({ type: 'none' });
  });

  test.each([
    [{ type: 'gpio', line: 'GPIO17; reboot' }, /^line: /],
    [{ type: 'gpio', line: '$(reboot)' }, /^line: /],
    [{ type: 'gpio', line: '--help' }, /^line: /],
    [{ type: 'gpio', line: 'GPIO17', chip: "a'b" }, /^chip: /],
    [{ type: 'usb-relay', line: "/dev/ttyUSB0' ; reboot '" }, /^line: /],
    [{ type: 'hid-relay', name: 'a b' }, /^name: /],
  ])('is never a command: %j', (written, fault) => {
    expect(faultsOf(written)?.[0]).toMatch(fault);
  });

  test('says the place of a fault', () => {
    const rest = { on_s: 3_600, within_s: 600 };
    expect(faultsOf({ type: 'board', rest })).toEqual(['rest.on_s: on_s is at most within_s']);
    expect(faultsOf({ type: 'board', settle_ms: -1 })?.[0]).toMatch(/^settle_ms: /);
  });
});

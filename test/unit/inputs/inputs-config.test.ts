import { expect, it } from 'vitest';
import { InputsConfig } from '../../../device/config/inputs.ts';

function faults(written: unknown): string[] {
  const read = InputsConfig.safeParse(written);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('needs no more than the card', () => {
  const { relay, microphone } = InputsConfig.parse({ relay: { device: 'plughw:1,0' } });
  expect(microphone).toBeUndefined();
  expect(relay).toMatchObject({
    title: 'วิทยุข่าย',
    max_talk_s: 1_800,
    level: { open_dbfs: -38, hang_ms: 2_000 },
  });
});

it('names what cannot be, by its place', () => {
  const device = 'plughw:1,0';
  expect(faults({ relay: { device, level: { open_dbfs: -50, close_dbfs: -45 } } })).toEqual([
    'relay.level.close_dbfs: close_dbfs is below open_dbfs',
  ]);
  expect(faults({ microphone: { device, contact: { type: 'gpio', line: 27 } } })).toEqual([
    'microphone.contact.chip: a line by number needs its chip: gpiochip0',
  ]);
  expect(faults({ microphone: { device, contact: { type: 'gpio', line: 'GPIO27; reboot' } } })[0]).toMatch(
    /^microphone\.contact\.line/,
  );
  expect(faults({ mic: { device } })).toEqual([expect.stringContaining('mic')]);
});

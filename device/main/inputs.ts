import { BANDS } from '../../firmware-protocol/content/band.ts';
import type { InputName } from '../../firmware-protocol/content/warnings/input-warnings.ts';
import type { InputKit } from '../agent/parts.ts';
import type { InputConfig, InputsConfig } from '../config/inputs.ts';
import { GpiomonContact } from '../drivers/relay/gpiomon-contact.ts';
import { ArecordRecorder } from '../drivers/sound/arecord-recorder.ts';
import { saidLast } from '../errors.ts';
import type { InputHardware } from '../inputs/live-input.ts';
import type { Contact } from '../sound-ports.ts';

/** In the order of the ladder. */
const INPUTS = [
  { name: 'microphone', band: BANDS.microphone },
  { name: 'relay', band: BANDS.relay },
] as const;

/** What is configured, whether it is there or not. */
export function inputsOf(config: InputsConfig): (kit: InputKit) => InputHardware[] {
  return (kit) =>
    INPUTS.flatMap(({ name, band }) => {
      const input = config[name];
      if (input === undefined) return [];
      const { open_dbfs, close_dbfs, attack_ms, hang_ms } = input.level;
      return [
        {
          ...{ name, band, title: input.title, gainDb: input.gain_db, maxTalkMs: input.max_talk_s * 1_000 },
          recorder: new ArecordRecorder({ device: input.device }),
          contact: contactOf(name, input, kit),
          carrier: {
            openDbfs: open_dbfs,
            closeDbfs: close_dbfs,
            attackMs: attack_ms,
            hangMs: hang_ms,
          },
        },
      ];
    });
}

function contactOf(name: InputName, { contact }: InputConfig, kit: InputKit): Contact | undefined {
  if (contact === undefined) return undefined;
  const { line, chip, active_low, bias } = contact;
  return new GpiomonContact({
    gpio: { line, chip, activeLow: active_low, bias },
    clock: kit.clock,
    trouble(error) {
      const code = `${name}-contact-gone` as const;
      if (error === undefined) kit.warnings.clear(code);
      else kit.warnings.raise(code, saidLast(error));
    },
  });
}

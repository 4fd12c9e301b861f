import type { DeviceError } from '../../../device/errors.ts';
import type { DeskLine } from './desk-line.ts';
import type { PanelOnDesk } from './panel-suite.ts';

/** The suite's handles on a desk line. */
export function deskLineOf(
  line: DeskLine,
  link: { whyNot(): DeviceError | undefined },
  silence: () => void,
): NonNullable<PanelOnDesk['line']> {
  return {
    heard: () => line.heardBytes,
    unplug: () => line.unplug(),
    plugBack: () => line.plugBack(),
    babble: (bytes) => line.babble(bytes),
    isThere: () => link.whyNot() === undefined,
    silence,
  };
}

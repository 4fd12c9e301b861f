import { RelayAmplifier } from '../amplifier/relay-amplifier.ts';
import { BOARD_AMPLIFIER_TIMING, BoardAmplifier } from '../board/board-amplifier.ts';
import type { BoardLink } from '../board/board-link.ts';
import { AmplifierConfig, type SwitchedConfig } from '../config/amplifier.ts';
import type { DeviceConfig } from '../config.ts';
import { gpiodCommands } from '../drivers/gpiod-relay.ts';
import { GuardedRelay, type RelayCommands } from '../drivers/guarded-relay.ts';
import { NoAmplifier } from '../drivers/no-amplifier.ts';
import { systemClock } from '../drivers/system-clock.ts';
import { hidRelayCommands, usbRelayCommands } from '../drivers/usb-relay.ts';
import type { Amplifier } from '../ports.ts';

/** What switches the amplifier of this hall. */
export function amplifierOf(config: DeviceConfig, link: BoardLink | undefined): Amplifier {
  const amplifier = amplifierConfigOf(config);
  if (amplifier.type === 'none') return new NoAmplifier();
  const { settle_ms: settleMs } = amplifier;
  if (amplifier.type !== 'board')
    return new RelayAmplifier({
      relay: new GuardedRelay(() => commandsOf(amplifier)),
      ...{ clock: systemClock, settleMs },
    });
  if (link === undefined) return new NoAmplifier();
  const timing = { ...BOARD_AMPLIFIER_TIMING, settleMs };
  return new BoardAmplifier(link, systemClock, timing, amplifier.gain_db);
}

/** As written down; `board.amplifier: true` is short for the amplifier on the board with all that is usual. */
export function amplifierConfigOf({ amplifier, board }: DeviceConfig): AmplifierConfig {
  return amplifier ?? AmplifierConfig.parse({ type: board?.amplifier ? 'board' : 'none' });
}

function commandsOf(relay: Exclude<SwitchedConfig, { type: 'board' }>): Promise<RelayCommands> {
  if (relay.type === 'usb-relay') return usbRelayCommands(relay);
  if (relay.type === 'hid-relay') return hidRelayCommands(relay.name);
  const { line, chip, active_low: activeLow } = relay;
  return gpiodCommands({ line, chip, activeLow });
}

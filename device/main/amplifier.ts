import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import { RelayAmplifier } from '../amplifier/relay-amplifier.ts';
import { BOARD_AMPLIFIER_TIMING, BoardAmplifier } from '../board/board-amplifier.ts';
import type { BoardLink } from '../board/board-link.ts';
import { AmplifierConfig, type SwitchedConfig } from '../config/amplifier.ts';
import type { DeviceConfig } from '../config.ts';
import { systemClock } from '../drivers/machine/system-clock.ts';
import { gpiodCommands } from '../drivers/relay/gpiod-relay.ts';
import { GuardedRelay, type RelayCommands } from '../drivers/relay/guarded-relay.ts';
import { NoAmplifier } from '../drivers/relay/no-amplifier.ts';
import { hidRelayCommands, usbRelayCommands } from '../drivers/relay/usb-relay.ts';
import type { Amplifier } from '../sound-ports.ts';

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

/** What was written down about it, for those who look after it; undefined = nothing of ours switches it. */
export function amplifierRulesOf(config: DeviceConfig): AmplifierRules | undefined {
  const amplifier = amplifierConfigOf(config);
  if (amplifier.type === 'none') return undefined;
  const { tail_ms: tailMs, max_on_s, rest } = amplifier;
  const measured = amplifier.type === 'board' ? amplifier : MEASURES_NOTHING;
  return {
    ...{ tailMs, maxOnMs: max_on_s * SECOND_MS },
    ...(rest && { rest: { onMs: rest.on_s * SECOND_MS, withinMs: rest.within_s * SECOND_MS } }),
    ...{ noCurrentMa: measured.no_current_ma, hotC: measured.hot_c },
  };
}

const SECOND_MS = 1_000;
/** Limits that no figure of a plain relay is ever held against. */
const MEASURES_NOTHING = { no_current_ma: 0, hot_c: Number.POSITIVE_INFINITY };

function commandsOf(relay: Exclude<SwitchedConfig, { type: 'board' }>): Promise<RelayCommands> {
  if (relay.type === 'usb-relay') return usbRelayCommands(relay);
  if (relay.type === 'hid-relay') return hidRelayCommands(relay.name);
  const { line, chip, active_low: activeLow } = relay;
  return gpiodCommands({ line, chip, activeLow });
}

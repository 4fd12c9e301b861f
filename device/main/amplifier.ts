import { BoardAmplifier } from '../board/board-amplifier.ts';
import type { BoardLink } from '../board/board-link.ts';
import type { DeviceConfig } from '../config.ts';
import { NoAmplifier } from '../drivers/no-amplifier.ts';
import { systemClock } from '../drivers/system-clock.ts';
import type { Amplifier } from '../ports.ts';

/** What switches the amplifier of this hall. */
export function amplifierOf({ amplifier, board }: DeviceConfig, link: BoardLink | undefined): Amplifier {
  const type = amplifier?.type ?? (board?.amplifier ? 'board' : 'none');
  return type === 'board' && link !== undefined ? new BoardAmplifier(link, systemClock) : new NoAmplifier();
}

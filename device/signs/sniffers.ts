import { alphaLine } from './alpha/alpha-line.ts';
import { cutAlphaPacket, withoutParity } from './alpha/alpha-packet.ts';
import { type Cutter, CuttingDecoder, type Decoded } from './cutting-decoder.ts';
import { adalightLine, cutAdalight } from './lamp-stream/adalight.ts';
import { cutTpm2, tpm2Line } from './lamp-stream/tpm2.ts';
import { cutNovastar } from './novastar/novastar-frame.ts';
import { novastarLine } from './novastar/novastar-registers.ts';
import { onbonLine } from './onbon/onbon-commands.ts';
import { cutOnbon } from './onbon/onbon-frame.ts';

/** What travels on a sign's line, one line of text for each frame or stretch thrown away. Bounded; never throws. */
export interface Sniffer {
  /** Lines that became complete with these bytes; the same whatever the pieces. */
  push(bytes: Uint8Array): string[];
  /** What is still open when the capture ends. */
  end(): string[];
}

/** One for each direction of a line; each reads either direction. */
export const SNIFFERS = {
  adalight: () => sniffer(cutAdalight, adalightLine),
  tpm2: () => sniffer(cutTpm2, tpm2Line),
  alpha: () => sniffer(cutAlphaPacket, alphaLine, withoutParity),
  onbon: () => sniffer(cutOnbon, onbonLine),
  novastar: () => sniffer(cutNovastar, novastarLine),
} as const satisfies Record<string, () => Sniffer>;

export type SniffedProtocol = keyof typeof SNIFFERS;

/** The names, in the order of the table. */
export const SNIFFED_PROTOCOLS: readonly string[] = Object.keys(SNIFFERS);

/** @param clean what the line adds to each byte, taken away. */
function sniffer<Frame>(
  cut: Cutter<Frame>,
  lineOf: (frame: Frame) => string,
  clean: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Sniffer {
  const decoder = new CuttingDecoder(cut);
  const told = (items: Decoded<Frame>[]) =>
    items.map((item) => (item.kind === 'frame' ? lineOf(item.frame) : discardedLine(item)));
  return { push: (bytes) => told(decoder.push(clean(bytes))), end: () => told(decoder.end()) };
}

/** `discarded 17 bytes: no frame begins here: 00 11 22 33 44 55 66 77 …`. */
function discardedLine({ bytes, why, first }: { bytes: number; why: string; first: Uint8Array }): string {
  const shown = [...first].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `discarded ${bytes} bytes: ${why}: ${shown}${bytes > first.length ? ' …' : ''}`;
}

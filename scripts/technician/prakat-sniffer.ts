import type { Sniffer } from '../../device/signs/sniffers.ts';
import { frameLine } from '../../firmware-protocol/serial/catalogue.ts';
import { type Decoded, FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import { DELIMITER } from '../../firmware-protocol/serial/frame.ts';

/** Our own wire. Each frame says itself which side sent it, so both directions may be mixed: `> commit`, `< ack`. */
export function prakatSniffer(): Sniffer {
  const decoder = new FrameDecoder();
  return {
    push: (bytes) => decoder.push(bytes).map(lineOf),
    // A frame that was cut off ends here, as it would at the next delimiter.
    end: () => decoder.push(Uint8Array.of(DELIMITER)).map((cut) => `${lineOf(cut)} (unfinished)`),
  };
}

function lineOf(decoded: Decoded): string {
  return decoded.kind === 'frame'
    ? frameLine(decoded.frame)
    : `discarded ${decoded.bytes} bytes: ${decoded.reason}`;
}

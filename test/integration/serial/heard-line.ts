import { onTestFinished } from 'vitest';
import { openLine } from '../../../device/drivers/line/line.ts';
import { frameName } from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';

export interface HeardLine {
  say(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Names of the frames that came, and why others were discarded, in order. */
  heard: string[];
}

/** The host's end of a line, without a link: closed when the test is. */
export async function heardLine(spec: string): Promise<HeardLine> {
  const decoder = new FrameDecoder();
  const heard: string[] = [];
  const line = openLine(spec);
  await line.open({
    onBytes: (bytes) => {
      for (const one of decoder.push(bytes))
        heard.push(one.kind === 'frame' ? (frameName(one.frame.header.type) ?? '?') : one.reason);
    },
    onClosed: () => {},
  });
  onTestFinished(() => line.close());
  return { say: (bytes) => line.write(bytes), close: () => line.close(), heard };
}

import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ByteLine } from '../../../device/sign-ports.ts';
import type { FarDevice, Plug } from '../../../scripts/virtual-board/plug.ts';

export interface LineUnderTest {
  plugInto(device: FarDevice): Promise<Plug>;
  lineTo(spec: string, writeTimeoutMs: number): ByteLine;
  /** A spec of this kind with nothing behind it. */
  nowhere: string;
}

/** What every driver of the port `ByteLine` owes the board link. */
export function byteLineConformance(name: string, { plugInto, lineTo, nowhere }: LineUnderTest): void {
  const echo: FarDevice = { receive: (bytes) => [Uint8Array.from(bytes)] };

  async function opened(device: FarDevice, writeTimeoutMs = 2_000) {
    const plug = await plugInto(device);
    const line = lineTo(plug.spec, writeTimeoutMs);
    const received: Uint8Array[] = [];
    const onBytes = (bytes: Uint8Array) => void received.push(bytes);
    const onClosed = vi.fn();
    onTestFinished(async () => {
      await line.close();
      await plug.unplug();
    });
    await line.open({ onBytes, onClosed });
    return { plug, line, onBytes, onClosed, received: () => Buffer.concat(received) };
  }

  describe(`byte line: ${name}`, () => {
    test('carries every byte value, both ways, whole and in order', async () => {
      const { line, received } = await opened(echo);
      const sent = Uint8Array.from({ length: 65_536 }, (_unused, i) => (i * 7 + (i >> 8)) & 0xff);
      for (let at = 0; at < sent.length; at += 4_096) await line.write(sent.subarray(at, at + 4_096));
      await vi.waitFor(() => expect(received().length).toBe(sent.length), { timeout: 5_000 });
      expect(Buffer.compare(received(), sent)).toBe(0);
    });

    test('rejects line-gone where nothing is', async () => {
      const opening = lineTo(nowhere, 500).open({ onBytes: () => {}, onClosed: () => {} });
      await expect(opening).rejects.toMatchObject({ code: 'line-gone' });
    });

    test('tells once that the other end is gone, at the latest when written to, and writes no more', async () => {
      const { plug, line, onClosed } = await opened(echo);
      await plug.unplug();
      await vi.waitFor(async () => {
        // A serial port under load can miss the hang-up (node-serialport#2043); the next ping of the host meets it.
        await line.write(Uint8Array.of(1)).catch(() => {});
        expect(onClosed).toHaveBeenCalledOnce();
      });
      await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'line-gone' });
    });

    test('closed by us it tells nothing, and can be opened again', async () => {
      const { line, onBytes, onClosed, received } = await opened(echo);
      await line.close();
      await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'line-gone' });

      await line.open({ onBytes, onClosed });
      await line.write(Uint8Array.of(42));

      await vi.waitFor(() => expect([...received()]).toEqual([42]));
      expect(onClosed).not.toHaveBeenCalled();
    });

    test('rejects line-stuck when the line takes no bytes, and still closes', async () => {
      const { plug, line } = await opened(echo, 200);
      plug.freeze();
      const flood = async (): Promise<void> => {
        for (let n = 0; n < 1_000; n++) await line.write(new Uint8Array(65_536));
      };
      await expect(flood()).rejects.toMatchObject({ code: 'line-stuck' });
      await line.close();
    });
  });
}

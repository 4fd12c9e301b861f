/** Runs in the thread of the sound: hands on each block of the microphone, first channel, and gives nothing back to the ears. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

/** 128 samples a call; this many together are a message, 43 ms at 48 kHz: a meter needs no more, a busy page stands it. */
const CALLS_A_MESSAGE = 16;

registerProcessor(
  'capture',
  class extends AudioWorkletProcessor {
    #blocks: Float32Array[] = [];

    process([input]: Float32Array[][]): boolean {
      const block = input?.[0];
      if (block !== undefined) this.#blocks.push(block.slice());
      if (this.#blocks.length >= CALLS_A_MESSAGE) {
        this.port.postMessage(this.#blocks);
        this.#blocks = [];
      }
      return true;
    }
  },
);

import captureAddress from './capture-worklet.ts?worker&url';
import { peakOf } from './level.ts';
import { joined, type Take } from './take.ts';

/** A speech that is longer is read from a script, and uploaded. */
export const RECORD_MOST_SECONDS = 10 * 60;

/** Why there is no recording; the words of `fault` are in SOUND_WORDS. */
export class CannotRecord extends Error {
  readonly fault: 'refused' | 'noMicrophone' | 'noRecording';

  constructor(fault: CannotRecord['fault'], cause?: unknown) {
    super(fault, { cause });
    this.name = 'CannotRecord';
    this.fault = fault;
  }
}

/** What the microphone heard in the last moment. */
export interface Heard {
  blocks: Float32Array[];
  rateHz: number;
  /** How loud it was, 0 to 1. */
  peak: number;
  /** All that is recorded. */
  seconds: number;
}
type OnHeard = (heard: Heard) => void;

/**
 * The microphone of this computer, sample by sample: what is cut is cut where it was marked, and nothing is compressed before the server does
 * so once. The browser's own levelling stays on: it is made for speech into cheap microphones.
 */
export class Recorder {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;
  readonly #blocks: Float32Array[] = [];
  #samples = 0;

  private constructor(stream: MediaStream, context: AudioContext) {
    this.#stream = stream;
    this.#context = context;
  }

  get rateHz(): number {
    return this.#context.sampleRate;
  }

  /** Asks for the microphone and begins. Rejects `CannotRecord`. */
  static async begin(onHeard: OnHeard): Promise<Recorder> {
    if (navigator.mediaDevices === undefined || !('audioWorklet' in AudioContext.prototype))
      throw new CannotRecord('noRecording');
    const stream = await navigator.mediaDevices
      .getUserMedia({ audio: { channelCount: 1, echoCancellation: false } })
      .catch((error: unknown) => {
        throw new CannotRecord(faultOf(error), error);
      });
    const recorder = new Recorder(stream, new AudioContext());
    await recorder.#listen(onHeard).catch((error: unknown) => {
      recorder.#close();
      throw error;
    });
    return recorder;
  }

  async #listen(onHeard: OnHeard): Promise<void> {
    await this.#context.audioWorklet.addModule(captureAddress);
    const capture = new AudioWorkletNode(this.#context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }: MessageEvent<Float32Array[]>) => {
      for (const block of data) this.#samples += block.length;
      this.#blocks.push(...data);
      const rateHz = this.rateHz;
      onHeard({ blocks: data, rateHz, peak: Math.max(...data.map(peakOf)), seconds: this.#samples / rateHz });
    };
    this.#context.createMediaStreamSource(this.#stream).connect(capture);
  }

  /** Lets go of the microphone and gives what was said. */
  end(): Take {
    const take = { samples: joined(this.#blocks), rateHz: this.rateHz };
    this.#close();
    return take;
  }

  #close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close();
  }
}

function faultOf(error: unknown): CannotRecord['fault'] {
  const name = error instanceof DOMException ? error.name : '';
  return name === 'NotFoundError' || name === 'NotReadableError' ? 'noMicrophone' : 'refused';
}

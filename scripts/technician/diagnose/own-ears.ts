import type { InputsConfig } from '../../../device/config/inputs.ts';
import { ArecordRecorder } from '../../../device/drivers/sound/arecord-recorder.ts';
import { blockOf, cdbfs, partsOf } from '../../../device/inputs/sound-block.ts';
import type { Ear, Recorder } from '../../../device/sound-ports.ts';
import type { InputLevel } from '../../../firmware-protocol/mqtt/messages.ts';

interface Listening {
  ear: Ear | undefined;
  level: InputLevel;
}

/** No agent runs: receiver and microphone are opened here, and their levels taken. Nothing of it is heard anywhere. */
export class OwnEars {
  readonly #config: InputsConfig;
  readonly #recorder: (device: string) => Recorder;
  #inputs: Promise<Listening[]> | undefined;

  constructor(
    config: InputsConfig,
    recorder = (device: string): Recorder => new ArecordRecorder({ device }),
  ) {
    this.#config = config;
    this.#recorder = recorder;
  }

  /** Of the last moment; opens them at the first call. */
  async levels(): Promise<InputLevel[]> {
    this.#inputs ??= Promise.all(
      (['microphone', 'relay'] as const).flatMap((name) => {
        const input = this.#config[name];
        return input === undefined ? [] : [this.#listen(name, input.device)];
      }),
    );
    return (await this.#inputs).map(({ level }) => level);
  }

  async close(): Promise<void> {
    await Promise.all(((await this.#inputs) ?? []).map(({ ear }) => ear?.close()));
  }

  async #listen(name: string, device: string): Promise<Listening> {
    const silent = { name, there: false, open: false };
    try {
      const ear = await this.#recorder(device).open();
      const listening: Listening = { ear, level: { ...silent, there: true } };
      void follow(ear, listening);
      return listening;
    } catch {
      return { ear: undefined, level: silent };
    }
  }
}

/** Until it is closed, or its card is pulled. */
async function follow(ear: Ear, listening: Listening): Promise<void> {
  try {
    for (let heard = await ear.hear(); heard !== undefined; heard = await ear.hear()) {
      const { peak, power } = blockOf(partsOf(heard));
      const [peakNow, rmsNow] = [cdbfs(peak), cdbfs(Math.sqrt(power))];
      listening.level = {
        ...{ name: listening.level.name, there: true, open: false },
        ...(peakNow !== undefined && { peak_cdbfs: peakNow }),
        ...(rmsNow !== undefined && { rms_cdbfs: rmsNow }),
      };
    }
  } catch {
    listening.level = { name: listening.level.name, there: false, open: false };
  }
}

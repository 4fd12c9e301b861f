import type { AmplifierRules } from '../../../device/amplifier/amplifier-rules.ts';
import { switchedAmplifier } from '../../../device/amplifier/switched-amplifier.ts';
import { DeviceError } from '../../../device/errors.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import type { Amplifier, AmplifierMeasures } from '../../../device/sound-ports.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

export const RULES: AmplifierRules = {
  ...{ tailMs: 0, maxOnMs: 600_000, noCurrentMa: 20, hotC: 80 },
  rest: { onMs: 900_000, withinMs: 3_600_000 },
};

/** An amplifier whose relay, fuse, contact and heat a test decides. */
class BenchAmplifier implements Amplifier {
  senses = true;
  /** What it was told, in order. */
  readonly told: string[] = [];
  contact: 'on' | 'off' = 'off';
  stuck: 'on' | 'off' | undefined;
  /** What it draws while power flows; undefined = it has no meter. */
  drawsAmperes: number | undefined = 0.85;
  temperatureC = 40;
  faults: string[] = [];
  answers = true;
  /** Tells that what switches it has come. */
  comes: () => void = () => {};
  /** Neither answers nor refuses. */
  hangs = false;

  onThere(call: () => void): void {
    this.comes = call;
  }

  async on(): Promise<void> {
    await this.#tell('on');
  }

  async off(): Promise<void> {
    await this.#tell('off');
  }

  async measure(): Promise<AmplifierMeasures> {
    if (this.drawsAmperes === undefined) throw new DeviceError('panel-cannot');
    const currentAmperes = this.contact === 'on' ? this.drawsAmperes : 0.003;
    return { currentAmperes, temperatureC: this.temperatureC, faults: this.faults };
  }

  async #tell(power: 'on' | 'off'): Promise<void> {
    this.told.push(power);
    if (this.hangs) return new Promise(() => {});
    if (!this.answers) throw new DeviceError('amplifier-failed', { power });
    this.contact = this.stuck ?? power;
    if (this.senses && this.contact !== power)
      throw new DeviceError('amplifier-failed', { power, sensed: this.contact });
  }
}

export function setBench(rules: AmplifierRules = RULES) {
  const clock = new VirtualClock();
  const bench = new BenchAmplifier();
  const changes: string[] = [];
  const warnings = new Warnings(({ code, raised }) => void changes.push(`${raised ? '+' : '-'}${code}`));
  const switched = switchedAmplifier(bench, rules, {
    ...{ clock: new TrustedClock(clock, 0), warnings, log: silentLog },
  });
  return { clock, bench, warnings, changes, ...switched };
}

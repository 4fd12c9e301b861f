import { setTimeout as wait } from 'node:timers/promises';
import type { OutputUnit } from '../../../device/agent/parts.ts';
import type { DeviceConfig } from '../../../device/config.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { DeviceError, isDeviceError } from '../../../device/errors.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import { noLaws } from '../../../device/laws/no-laws.ts';
import {
  amplifierTest,
  lampTest,
  signTest,
  type TestPlay,
  toneTest,
} from '../../../device/local/test-play.ts';
import { hardwareOf } from '../../../device/main/hardware.ts';
import type { MediaFetcher } from '../../../device/media/fetcher.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import type { Output } from '../../../firmware-protocol/content/band.ts';
import type { Tested } from '../../../firmware-protocol/local/verbs.ts';
import { NO_LOG } from '../open-board.ts';
import { OwnEars } from './own-ears.ts';
import type { Tester } from './tester.ts';

/** A board that resets when its port is opened says hello after two seconds. */
const THERE_WITHIN_MS = 8_000;
const LOOK_MS = 50;
const LAMP_SECONDS = 3;
const PAGE_SECONDS = 8;

/** No agent runs: the hall's hardware as the agent would join it, without a store and without a line. Nothing is reported. */
export async function withOwnHall<T>(
  config: DeviceConfig,
  interrupted: AbortSignal,
  work: (tester: Tester) => Promise<T>,
): Promise<T> {
  const hardware = hardwareOf(config, NO_LOG);
  const clock = new TrustedClock(systemClock, 0);
  const units = hardware.outputs({
    ...{ clock, log: NO_LOG, warnings: new Warnings(() => {}), changed: () => {} },
    media: NO_MEDIA,
    laws: noLaws(clock),
  });
  const ears = new OwnEars(config.inputs);
  for (const unit of units) unit.start?.();
  hardware.start();
  unitOf(units, 'tower')?.look?.();
  try {
    return await work({
      tone: (level) => perform(units, 'tower', toneTest(level), interrupted),
      hasSound: async () => unitOf(units, 'tower')?.works?.() ?? true,
      amplifier: () => perform(units, 'tower', amplifierTest(), interrupted),
      sign: () => perform(units, 'panel', signTest(PAGE_SECONDS), interrupted),
      lamps: () => perform(units, 'panel', lampTest(LAMP_SECONDS), interrupted),
      inputs: () => ears.levels(),
    });
  } finally {
    await ears.close();
    await Promise.all(units.map((unit) => unit.stop?.()));
    await hardware.stop();
  }
}

function unitOf(units: OutputUnit[], output: Output): OutputUnit | undefined {
  return units.find(({ performer }) => performer?.output === output);
}

async function perform(
  units: OutputUnit[],
  output: Output,
  test: TestPlay,
  interrupted: AbortSignal,
): Promise<Tested> {
  const play = 'local/test';
  const unit = unitOf(units, output);
  if (unit?.performer === undefined) return { play, outcome: 'rejected', reason: `no-${output}` };
  const works = () => unit.works?.() ?? unit.performer?.works() ?? false;
  for (let waited = 0; !works() && waited < THERE_WITHIN_MS; waited += LOOK_MS) await wait(LOOK_MS);
  if (!works()) return { play, outcome: 'rejected', reason: unit.performer.whyNot() };
  try {
    const latestStart = Number.POSITIVE_INFINITY;
    const whole = { ...test, id: play, band: 40, latestStart, whenCut: 'give-up' } as const;
    const performance = await unit.performer.prepare(whole, undefined, interrupted);
    const { end, reason, detail, tower, panel } = await performance.perform(interrupted);
    return {
      ...{ play, outcome: end === 'finished' ? 'finished' : end === 'cut' ? 'cancelled' : 'interrupted' },
      ...{
        ...(reason && { reason }),
        ...(detail && { detail }),
        ...(tower && { tower }),
        ...(panel && { panel }),
      },
    };
  } catch (error) {
    if (!isDeviceError(error))
      return { play, outcome: 'rejected', reason: 'internal', detail: String(error).slice(0, 400) };
    const { code, message, context } = error;
    const detail = `${message} ${JSON.stringify(context)}`.slice(0, 400);
    return { play, outcome: 'rejected', reason: code, detail };
  }
}

/** The tests need no file. */
const NO_MEDIA: Pick<MediaFetcher, 'ensure'> = {
  ensure: async () => {
    throw new DeviceError('media-unreachable', { why: 'a test needs no file' });
  },
};

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { SAMPLE_RATE_HZ } from '../../device/sound-ports.ts';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import type { RequestOf } from '../../firmware-protocol/mqtt/requests.ts';
import { upload } from '../../scripts/operator/upload.ts';
import { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall, HallPlan } from '../../scripts/virtual-village/hall.ts';
import { endsIn } from '../../scripts/virtual-world/ends-in.ts';
import { bundles } from '../integration/bundles.ts';
import { SPEECH_WAV, samplesOf } from '../integration/sound/speech.ts';
import { closeAfterwards } from './opened.ts';

/** What real processes, retries and back-offs may need on a busy machine. */
const PATIENCE = { timeout: 40_000, interval: 50 };

/** Waits until nothing in it is amiss any more. */
export function until<T>(isSo: () => T | Promise<T>, timeout = PATIENCE.timeout): Promise<T> {
  return vi.waitFor(isSo, { ...PATIENCE, timeout });
}

/** A folder that is gone after the tests of this file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-e2e-'));
  closeAfterwards(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A server and its halls for all tests of one file; each hall speaks into a folder. Its agents do not run yet. */
export async function foundCountry(
  where: string | { folder: string; server: Record<string, unknown> },
  ...plans: (Omit<HallPlan, 'name' | 'sign'> & Partial<Pick<HallPlan, 'sign'>>)[]
): Promise<Country> {
  await bundles();
  const { folder, server = {} } = typeof where === 'string' ? { folder: where } : where;
  const halls = plans.map((plan) => ({
    ...{ name: 'บ้านเสาเล้า', sign: { width: 64, height: 32 } },
    ...plan,
    config: {
      tower: { player: { type: 'wav', folder: join(folder, plan.device, 'sound') } },
      ...plan.config,
    },
  }));
  const country = await Country.found({ folder, halls, server });
  closeAfterwards(() => country.close());
  return country;
}

/** A person speaking for 1.4 s, prepared by the server. */
export function recordedSpeech({ profile }: Country): Promise<MediaInfo> {
  return upload(profile, SPEECH_WAV);
}

/** Announces; resolves to the order's id. */
export async function say({ operator }: Country, push: RequestOf<'push'>): Promise<string> {
  return (await operator.ask('push', push)).order;
}

/** What a hall reported, as the server stored it. */
export async function events({ operator }: Country, { plan }: Hall): Promise<ReportEvent[]> {
  const { reports } = await operator.ask('reports', { device: plan.device, limit: 500 });
  return reports.map(({ event }) => event);
}

/** How a play ended in a hall: `tower finished`, `panel rejected panel-gone`. */
export async function endsOf(country: Country, hall: Hall, play: string): Promise<string[]> {
  return endsIn(await events(country, hall), play);
}

export async function stateOf({ operator }: Country, { plan }: Hall): Promise<DeviceState | undefined> {
  const { devices } = await operator.ask('devices', {});
  return devices.find(({ device }) => device === plan.device)?.state;
}

/**
 * Resolves when the hall says that this play is on air, and has reported its start, which is then on its disk. It says whose turn
 * it is before that; killed there, it would play as if nothing had been.
 */
export async function onAir(country: Country, hall: Hall, play: string): Promise<void> {
  await until(async () => {
    const state = await stateOf(country, hall);
    if (state?.outputs.tower?.play !== play) throw new Error(`${play} is not on air`);
    if (!(await events(country, hall)).some((event) => event.type === 'started' && event.play === play))
      throw new Error(`${play} has not begun`);
  });
}

/** Samples of a WAV with the plain header of 44 bytes. */
export async function samplesIn(wav: string): Promise<Int16Array> {
  return samplesOf((await readFile(wav)).subarray(44));
}

export function secondsOf(samples: Int16Array): number {
  return samples.length / SAMPLE_RATE_HZ;
}

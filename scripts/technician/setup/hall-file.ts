import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DeviceConfig } from '../../../device/config.ts';
import { replaceFile } from '../../../device/drivers/atomic-file.ts';
import { refuseConfig, writtenJson } from '../../operator/written-document.ts';
import { handOver } from './box-service.ts';

/** A configuration as it is written: members that setup does not know stay as a technician wrote them. */
export type HallFile = Record<string, unknown>;

/** What is written, or a first one where nothing is. Rejects with Failed that has line and column of a fault. */
export async function readHallFile(path: string, data: string): Promise<HallFile> {
  const first: HallFile = { data, tower: { player: { type: 'alsa', device: 'default' } } };
  const written = await writtenJson(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'no-file') return first;
    throw error;
  });
  refuseConfig(path, DeviceConfig, written);
  return typeof written === 'object' && written !== null ? { ...written } : first;
}

/** Replaces the configuration, readable by root and the agent: a code in it is a secret until it is used. */
export async function writeHallFile(
  path: string,
  file: HallFile,
  owner: { uid: number; gid: number } | undefined,
): Promise<DeviceConfig> {
  refuseConfig(path, DeviceConfig, file);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, `${JSON.stringify(file, undefined, 2)}\n`, 0o640);
  await handOver([path], owner && { uid: 0, gid: owner.gid });
  return DeviceConfig.parse(file);
}

/** The agent's folder, its owner's alone. */
export async function makeDataFolder(
  data: string,
  owner: { uid: number; gid: number } | undefined,
): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  await chmod(data, 0o700);
  await handOver([data], owner);
}

/** A member of it that should be an object, or nothing. */
export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

import { z } from 'zod';
import { Pinned } from '../../../device/drivers/store/pins.ts';
import { AreaCode, DeviceId } from '../../../firmware-protocol/content/area.ts';
import { Instant } from '../../../firmware-protocol/content/instant.ts';
import { refuseConfig, writtenJson } from '../../operator/written-document.ts';

/**
 * What a hall needs to come back in another box: its configuration, who it is, and what may never go down (report
 * numbers, boots, versions of keys and programmes). No secret is in it: the new box gets a key and a password of its
 * own, so a backup that is stolen opens nothing. Programmes and sound come from the server again.
 */
export const Backup = z.strictObject({
  format: z.literal(1),
  /** Of the program that made it. */
  version: z.string().max(64),
  made_at: Instant,
  device: DeviceId,
  village: AreaCode,
  /** Base of the server's HTTP, where it is written down. */
  server: z.string().optional(),
  /** `hall.json` as it was written, without a code. */
  config: z.record(z.string(), z.unknown()),
  /** The certificate authority that the configuration names, PEM. */
  ca_pem: z.string().max(200_000).optional(),
  /** Absent = the box never ran. */
  pinned: Pinned.optional(),
});
export type Backup = z.infer<typeof Backup>;

/** Rejects with Failed that has the place of each fault. */
export async function readBackup(path: string): Promise<Backup> {
  const written = await writtenJson(path);
  refuseConfig(path, Backup, written);
  return Backup.parse(written);
}

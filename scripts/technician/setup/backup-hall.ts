import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceConfig } from '../../../device/config.ts';
import { replaceFile } from '../../../device/drivers/atomic-file.ts';
import { loadIdentity } from '../../../device/drivers/identity-file.ts';
import { PINS_NAME, readPins } from '../../../device/drivers/store/pins.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { Failed } from '../../cli.ts';
import { deviceFailure } from '../../operator/device-failure.ts';
import { refuseConfig, writtenJson } from '../../operator/written-document.ts';
import { Backup } from './backup-file.ts';

/** Everything of this hall that is worth keeping and no secret. The agent may run meanwhile. */
export async function backupOf(configPath: string): Promise<Backup> {
  const written = await writtenJson(configPath);
  refuseConfig(configPath, DeviceConfig, written);
  const { data, ca, server } = DeviceConfig.parse(written);
  const identity = await loadIdentity(join(data, 'identity.json')).catch((error: unknown) => {
    throw deviceFailure(error);
  });
  const { keeper, state } = await readPins(join(data, 'store', PINS_NAME));
  const { code: _secret, ...config } = Backup.shape.config.parse(written);
  const backup: Backup = {
    format: 1,
    version: packageJson.version,
    made_at: instantOf(Date.now()),
    device: identity.device,
    village: identity.village,
    ...(server !== undefined && { server }),
    config,
    ...(ca !== undefined && { ca_pem: await readFile(ca, 'utf8') }),
    ...(state === 'whole' && { pinned: keeper.pinned }),
  };
  refuseSecrets(backup, [identity.seed, identity.password]);
  return backup;
}

/** Only its owner reads it: not for its secrets, it has none, but it tells much of a hall. */
export async function writeBackup(path: string, backup: Backup): Promise<void> {
  await replaceFile(path, `${JSON.stringify(backup, undefined, 2)}\n`, 0o600);
}

/** A secret can only come in by a hand that wrote it into the configuration. */
function refuseSecrets(backup: Backup, secrets: string[]): void {
  const text = JSON.stringify(backup);
  if (secrets.some((secret) => text.includes(secret)))
    throw new Failed(
      {
        en: 'the configuration holds the password or key of this box: take it out first',
        th: 'ไฟล์ตั้งค่ามีรหัสผ่านหรือกุญแจของกล่องนี้ ให้ลบออกก่อน',
      },
      { code: 'secret-in-config' },
    );
}

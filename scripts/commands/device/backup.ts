import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { CONFIG_PATH } from './places.ts';

/** `prakat device backup`: what a new box needs to become this hall; no secrets. */
export function registerBackup(device: Command, cli: Cli): void {
  device
    .command('backup')
    .description(
      cli.text({
        en: 'keep what a new box needs to become this hall (no secrets)',
        th: 'สำรองข้อมูลที่กล่องใหม่ต้องใช้เพื่อแทนหอนี้ (ไม่มีรหัสลับ)',
      }),
    )
    .option(
      '--out <file>',
      cli.text({
        en: 'where to (default: DEVICE.backup.json here)',
        th: 'ไฟล์ปลายทาง (ปกติ: ชื่อหอ.backup.json ที่นี่)',
      }),
    )
    .option('--config <file>', cli.text({ en: 'configuration of the hall', th: 'ไฟล์ตั้งค่าของหอ' }), CONFIG_PATH)
    .action(async ({ out, config }: { out?: string; config: string }) => {
      const { backupOf, writeBackup } = await import('../../technician/setup/backup-hall.ts');
      const backup = await backupOf(config);
      const path = out ?? `${backup.device}.backup.json`;
      await writeBackup(path, backup);
      cli.tell({
        en: `${path}: for a new box, with a new code: prakat device restore ${path}`,
        th: `${path}: สำหรับกล่องใหม่ พร้อมรหัสใหม่: prakat device restore ${path}`,
      });
      cli.print({ file: path, device: backup.device, made_at: backup.made_at });
    });
}

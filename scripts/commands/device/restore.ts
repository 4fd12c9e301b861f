import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { type SetupFlags, setupOptions, tellSetUp } from './setup.ts';

/** `prakat device restore`: a new box takes the place of one that was backed up. */
export function registerRestore(device: Command, cli: Cli): void {
  const command = device
    .command('restore')
    .argument('<backup>', cli.text({ en: 'file of prakat device backup', th: 'ไฟล์จาก prakat device backup' }))
    .description(
      cli.text({
        en: 'replace the box of a hall: its place and counters, a new key; the old box is heard no more',
        th: 'เปลี่ยนกล่องของหอ: คงที่ตั้งและเลขรายงาน ใช้กุญแจใหม่ กล่องเดิมใช้ไม่ได้อีก',
      }),
    );
  setupOptions(command, cli).action(async (backup: string, flags: SetupFlags) => {
    const { restoreHall } = await import('../../technician/setup/restore-hall.ts');
    const isAsked = !flags.yes && !cli.json && process.stdin.isTTY === true;
    tellSetUp(await restoreHall(backup, { ...flags, again: false, isAsked }, cli), cli);
  });
}

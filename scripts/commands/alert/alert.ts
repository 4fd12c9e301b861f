import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { type CheckOptions, checkFiles } from './check.ts';
import { registerDecisions } from './decide.ts';

/** `prakat alert`: warnings of other agencies in the Common Alerting Protocol. */
export function register(program: Command, cli: Cli): void {
  const alert = program.command('alert');
  alert
    .command('check')
    .description(
      cli.text({
        en: 'whether a CAP file may sound, why, and in which villages; without a server',
        th: 'ตรวจไฟล์ CAP ว่าออกเสียงได้หรือไม่ เพราะเหตุใด หมู่บ้านใดบ้าง โดยไม่ต้องมีเซิร์ฟเวอร์',
      }),
    )
    .argument(
      '<file...>',
      cli.text({ en: 'CAP, Atom, RSS or EDXL-DE', th: 'ไฟล์ CAP, Atom, RSS หรือ EDXL-DE' }),
    )
    .option(
      '--at <time>',
      cli.text({
        en: 'judge as of this time; else as of the time that each alert was sent',
        th: 'ตัดสิน ณ เวลานี้ หากไม่ระบุใช้เวลาที่ส่งประกาศเตือน',
      }),
    )
    .option(
      '--villages <file>',
      cli.text({
        en: 'villages with their points: CSV with code, lat, lon, or JSON',
        th: 'รายการหมู่บ้านพร้อมพิกัด: CSV มีคอลัมน์ code, lat, lon หรือ JSON',
      }),
    )
    .action((files: string[], options: CheckOptions) => checkFiles(files, options, cli));
  registerDecisions(alert, cli);
}

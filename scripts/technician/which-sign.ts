import type { Command } from 'commander';
import { type Cli, Failed, Misused } from '../cli.ts';
import { readHallConfig } from '../operator/hall-config.ts';
import { checkLine } from './line-failure.ts';
import { LINE_WORDS } from './line-option.ts';
import type { WhichSign } from './test-sign.ts';

export interface WhichOptions {
  line?: string;
  config?: string;
}

export function addWhichSign(command: Command, cli: Cli): Command {
  return command.option('--line <spec>', cli.text(LINE_WORDS)).option(
    '--config <file>',
    cli.text({
      en: 'or the configuration of the hall: its own board, or another maker’s sign',
      th: 'หรือไฟล์ตั้งค่าของหอ ใช้ได้ทั้งบอร์ดของเราและป้ายยี่ห้ออื่น',
    }),
  );
}

/** The sign that the options name. Rejects with Misused or Failed. */
export async function whichSign({ line, config }: WhichOptions): Promise<WhichSign> {
  if ((line === undefined) === (config === undefined))
    throw new Misused({
      en: 'one of --line and --config is needed',
      th: 'ต้องระบุ --line หรือ --config อย่างใดอย่างหนึ่ง',
    });
  if (line !== undefined) return { line: checkLine(line) };
  const hall = await readHallConfig(config ?? '');
  if (hall.sign !== undefined) return { sign: hall.sign };
  if (hall.board !== undefined) return { line: checkLine(hall.board.line) };
  throw new Failed({ en: `${config} names no sign`, th: `ไฟล์ ${config} ไม่ได้ระบุป้าย` }, { code: 'no-sign' });
}

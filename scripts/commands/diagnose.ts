import type { Command } from 'commander';
import { type Cli, Failed, Misused } from '../cli.ts';
import { ROOMS, type Room } from '../technician/diagnose/rooms.ts';

interface Options {
  config: string;
  yes?: boolean;
  loud?: boolean;
  only?: string;
  out?: string;
}

/** Where the package puts the configuration of a hall. */
const CONFIG_PATH = '/etc/prakat/hall.json';

/** `prakat diagnose`: the technician's guided check; needs neither internet nor a stopped agent. */
export function register(program: Command, cli: Cli): void {
  program
    .command('diagnose')
    .option(
      '--config <file>',
      cli.text({ en: 'JSON configuration of the hall', th: 'ไฟล์ตั้งค่าของหอ' }),
      CONFIG_PATH,
    )
    .option(
      '--only <rooms>',
      cli.text({ en: 'some of it: link,sound', th: 'ตรวจเฉพาะบางส่วน เช่น link,sound' }),
    )
    .option(
      '--yes',
      cli.text({
        en: 'asks nobody: quiet tests only, and what needs eyes or ears is not known',
        th: 'ไม่ถาม: ทดสอบเบา ๆ เท่านั้น สิ่งที่ต้องดูหรือฟังจะไม่ทราบผล',
      }),
    )
    .option(
      '--loud',
      cli.text({ en: 'the chime in full too, without asking', th: 'เล่นเสียงเต็มระดับด้วยโดยไม่ถาม' }),
    )
    .option(
      '--out <folder>',
      cli.text({
        en: 'where result and support bundle go (default: here, unless --yes or --json)',
        th: 'โฟลเดอร์ของผลตรวจและไฟล์ช่วยเหลือ (ปกติ: ที่นี่ เว้นแต่ใช้ --yes หรือ --json)',
      }),
    )
    .action((options: Options) => diagnose(options, cli));
}

async function diagnose(options: Options, cli: Cli): Promise<void> {
  const { visitHall } = await import('../technician/diagnose/visit-hall.ts');
  const isAsked = !options.yes && !cli.json && process.stdin.isTTY === true;
  const out = options.out ?? (isAsked ? '.' : undefined);
  const { result, files } = await visitHall(
    {
      configPath: options.config,
      rooms: roomsOf(options.only, ROOMS),
      loud: options.loud === true,
      ...{ isAsked, out },
    },
    cli,
  );
  const document = { ...result, ...(files && { files }) };
  const wrong = result.findings.filter((finding) => finding.result === 'fail').length;
  if (wrong > 0)
    throw new Failed(
      {
        en: `${wrong} of ${result.findings.length} steps failed`,
        th: `ไม่ผ่าน ${wrong} จาก ${result.findings.length} ขั้นตอน`,
      },
      { code: 'faults-found', document },
    );
  cli.print(document);
}

function roomsOf(only: string | undefined, all: readonly Room[]): readonly Room[] {
  if (only === undefined) return all;
  const named = only.split(',').map((word) => word.trim());
  const unknown = named.find((word) => !all.some((room) => room === word));
  if (unknown !== undefined)
    throw new Misused({
      en: `--only knows ${all.join(', ')}; not ${unknown}`,
      th: `--only รู้จัก ${all.join(', ')} ไม่รู้จัก ${unknown}`,
    });
  return all.filter((room) => named.includes(room));
}

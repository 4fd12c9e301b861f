import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { unreadable } from '../cli/named-files.ts';
import type { Words } from '../cli/words.ts';
import type { Cli } from '../cli.ts';

interface Options {
  area?: string;
  from?: string;
  until?: string;
  import?: string;
  remove?: boolean;
}

/** `prakat calendar`: holidays, wan phra and imported calendars, as programmes name them. */
export function register(program: Command, cli: Cli): void {
  program
    .command('calendar')
    .argument(
      '[name]',
      cli.text({
        en: 'public-holiday, wan-phra, or an imported one',
        th: 'public-holiday, wan-phra หรือปฏิทินที่นำเข้า',
      }),
    )
    .option('--area <code>', cli.text({ en: 'below which the import holds', th: 'พื้นที่ที่ใช้ปฏิทินนี้' }))
    .option(
      '--from <day>',
      cli.text({ en: '2026-11-13; otherwise today', th: 'วันเริ่ม เช่น 2026-11-13 ปกติคือวันนี้' }),
    )
    .option('--until <day>', cli.text({ en: 'otherwise a year', th: 'วันสุดท้าย ปกติคือหนึ่งปี' }))
    .option('--import <file>', cli.text({ en: 'CSV: date,to,title', th: 'ไฟล์ CSV: วันที่,ถึง,ชื่อ' }))
    .option('--remove', cli.text({ en: 'take the import away', th: 'ลบปฏิทินที่นำเข้า' }))
    .action(async (name: string | undefined, options: Options) => {
      const { import: file, ...wish } = options;
      const csv_base64 = file === undefined ? undefined : await base64Of(file);
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const told = await operator.ask('calendar', { name, csv_base64, ...wish });
        if (name === undefined)
          for (const each of told.calendars)
            cli.say(
              `${each.name}  ${each.area}  ${cli.text(KNOWN[each.name] ?? daysIn(each.spans))}`.trimEnd(),
            );
        for (const { day, title } of told.days) cli.say(`${day}  ${title}`);
        if (told.published.length > 0)
          cli.tell({
            en: `published anew: ${told.published.join(', ')}`,
            th: `เผยแพร่ใหม่: ${told.published.join(', ')}`,
          });
        cli.print(told);
      });
    });
}

/** What the calendars are that prakat brings along. */
const KNOWN: Readonly<Record<string, Words>> = {
  'public-holiday': { en: 'public holidays', th: 'วันหยุดราชการ' },
  'wan-phra': { en: 'wan phra', th: 'วันพระ' },
};

/** Of one that was imported. */
function daysIn(spans: number): Words {
  return { en: counted(spans, 'span'), th: `${spans} ช่วง` };
}

async function base64Of(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file).catch(unreadable(file));
  return bytes.toString('base64');
}

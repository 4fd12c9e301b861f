import { type Command, Option } from 'commander';
import { counted } from '../cli/counted.ts';
import { unreadable, unwritable } from '../cli/named-files.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import type { Cli } from '../cli.ts';

interface OutOptions {
  draft?: true;
  days?: number;
}

interface InOptions {
  as?: string;
  band?: string;
  outputs?: string[];
  text?: string;
  media?: string[];
  allDayAt?: string;
  replace?: true;
  dryRun?: true;
}

/** `prakat ical`: a programme for other calendar programs, and their files as a draft. */
export function register(program: Command, cli: Cli): void {
  const ical = program.command('ical');
  ical
    .command('export')
    .description(cli.text({ en: 'write the programme of an area', th: 'เขียนผังรายการของพื้นที่เป็นไฟล์' }))
    .argument('<area>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .argument('<file>', cli.text({ en: 'where to; - is standard output', th: 'ไฟล์ปลายทาง หรือ - คือหน้าจอ' }))
    .option('--draft', cli.text({ en: 'the draft instead of what is published', th: 'ใช้ร่างแทนฉบับที่เผยแพร่' }))
    .option(
      '--days <n>',
      cli.text({ en: 'how far days of calendars are written out', th: 'เขียนวันตามปฏิทินล่วงหน้ากี่วัน' }),
      wholeNumber('--days', 1, 732),
    )
    .action((area: string, file: string, options: OutOptions) => exportTo(file, area, options, cli));
  ical
    .command('import')
    .description(
      cli.text({
        en: 'take a file into the draft, all of it or nothing; nothing is published',
        th: 'นำไฟล์เข้าเป็นร่าง ทั้งไฟล์หรือไม่เลย ยังไม่เผยแพร่',
      }),
    )
    .argument('<area>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .argument('<file>', '.ics')
    .option(
      '--as <file>',
      cli.text({
        en: 'JSON: {"as": {...}, "categories": {"ข่าว": {...}}}: what events become',
        th: 'ไฟล์ JSON: {"as": {...}, "categories": {"ข่าว": {...}}} กิจกรรมจะเป็นรายการแบบใด',
      }),
    )
    .option('--band <n>', cli.text({ en: '80, 40 or 20', th: 'ระดับความสำคัญ 80, 40 หรือ 20' }))
    .addOption(
      new Option('--outputs <output...>', cli.text({ en: 'where it comes out', th: 'ช่องทางที่ออก' })).choices([
        'tower',
        'panel',
      ]),
    )
    .addOption(
      new Option(
        '--text <what>',
        cli.text({ en: 'which words the sign shows', th: 'ข้อความใดขึ้นป้าย' }),
      ).choices(['summary', 'description', 'both']),
    )
    .option('--media <sha256...>', cli.text({ en: 'what the tower plays', th: 'ไฟล์เสียงที่หอกระจายข่าวเล่น' }))
    .option(
      '--all-day-at <time>',
      cli.text({ en: '08:00, for events without a time', th: '08:00 สำหรับกิจกรรมทั้งวัน' }),
    )
    .option('--replace', cli.text({ en: 'the file is the whole plan', th: 'ให้ไฟล์นี้เป็นผังทั้งหมด' }))
    .option('--dry-run', cli.text({ en: 'only say what would be', th: 'บอกผลเท่านั้น ยังไม่ทำ' }))
    .action((area: string, file: string, options: InOptions) => importFrom(file, area, options, cli));
}

async function exportTo(file: string, area: string, { draft, days }: OutOptions, cli: Cli): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const told = await operator.ask('ical', { area, which: draft ? 'draft' : 'published', days });
    const { ics, ...rest } = told;
    if (file === '-') {
      // Nothing but the calendar, for whoever reads it next.
      cli.pass(ics);
      return cli.print(told);
    }
    await writeFile(file, ics).catch(unwritable(file));
    cli.tell({
      en: `${draft ? 'draft' : `version ${told.version}`} of ${area}: ${counted(told.entries, 'event')}`,
      th: `${draft ? 'ร่าง' : ''}ผังรายการ ${area}${draft ? '' : ` ฉบับที่ ${told.version}`}: ${told.entries} กิจกรรม`,
    });
    cli.print(rest);
  });
}

async function importFrom(file: string, area: string, options: InOptions, cli: Cli): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file).catch(unreadable(file));
  const mapping = await mappingOf(options);
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const told = await operator.ask('adopt', {
      area,
      ics_base64: bytes.toString('base64'),
      replace: options.replace,
      dry_run: options.dryRun,
      ...mapping,
    });
    const { past, cancelled, private: own } = told.left_out;
    cli.tell({
      en: `${told.done ? 'draft' : 'would be a draft'} for ${area}: ${counted(told.entries.length, 'entry')}, ${told.ours} came back, ${told.mapped} are new; left out: ${past} over, ${cancelled} cancelled, ${own} private`,
      th: `${told.done ? 'ร่าง' : '(ยังไม่ทำ) ร่าง'}ผังรายการ ${area}: ${told.entries.length} รายการ กลับมา ${told.ours} ใหม่ ${told.mapped} ไม่รับ: ผ่านไปแล้ว ${past} ยกเลิก ${cancelled} ส่วนตัว ${own}`,
    });
    const { tellCheck } = await import('../operator/programme-steps.ts');
    tellCheck(cli, told.check);
    cli.print(told);
  });
}

/** What events become, by options or by a file; whatever it holds, the server judges it. */
async function mappingOf({ as, band, outputs, text, media, allDayAt }: InOptions): Promise<object> {
  if (as !== undefined) {
    const { writtenJson } = await import('../operator/written-document.ts');
    const document = await writtenJson(as);
    return typeof document === 'object' && document !== null ? document : { as: document };
  }
  const given = { band: band && Number(band), outputs, text, media, all_day_at: allDayAt };
  return Object.values(given).some((each) => each !== undefined) ? { as: given } : {};
}

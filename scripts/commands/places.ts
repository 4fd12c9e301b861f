import type { Command } from 'commander';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { counted } from '../cli/counted.ts';
import { unreadable } from '../cli/named-files.ts';
import { when } from '../cli/when.ts';
import type { Words } from '../cli/words.ts';
import type { Cli } from '../cli.ts';
import { table } from '../virtual-village/table.ts';

interface ImportOptions {
  area?: string;
  replace?: boolean;
  dryRun?: boolean;
}

type Coverage = AnswerTo<'coverage'>;

const STANDING_WORDS: Record<Coverage['wanting'][number]['standing'], Words> = {
  impaired: { en: 'a part does not work', th: 'ใช้ได้บางส่วน' },
  offline: { en: 'not connected', th: 'ขาดการติดต่อ' },
  new: { en: 'enrolled, never heard of', th: 'ลงทะเบียนแล้ว ยังไม่เคยติดต่อ' },
  without: { en: 'no box', th: 'ยังไม่มีกล่อง' },
};

/** `prakat places`: the villages of the province, groups of them, and which have a box that works. */
export function register(program: Command, cli: Cli): void {
  const places = program.command('places');
  places
    .command('list')
    .description(cli.text({ en: 'the villages of an area', th: 'รายชื่อหมู่บ้านของพื้นที่' }))
    .argument('[area]', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }), 'th')
    .action((area: string) => list(area, cli));
  places
    .command('import')
    .description(
      cli.text({
        en: 'take a table of villages, all of it or nothing; docs/province.md has the columns',
        th: 'นำเข้าตารางหมู่บ้าน ทั้งไฟล์หรือไม่เลย ดูชื่อคอลัมน์ใน docs/province.md',
      }),
    )
    .argument('<file>', cli.text({ en: 'CSV', th: 'ไฟล์ CSV' }))
    .option(
      '--area <code>',
      cli.text({ en: 'of which --replace replaces the list', th: 'พื้นที่ที่ --replace จะแทนที่' }),
    )
    .option(
      '--replace',
      cli.text({ en: 'what the file has not is taken off the list', th: 'ตัดหมู่บ้านที่ไม่มีในไฟล์ออก' }),
    )
    .option('--dry-run', cli.text({ en: 'only say what would be done', th: 'บอกผลเท่านั้น ยังไม่ทำ' }))
    .action((file: string, options: ImportOptions) => importFile(file, options, cli));
  places
    .command('coverage')
    .description(
      cli.text({ en: 'who has a box that works, and who has not', th: 'หมู่บ้านใดมีกล่องที่ใช้ได้ หมู่บ้านใดไม่มี' }),
    )
    .argument('[area]', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }), 'th')
    .action((area: string) => coverage(area, cli));
  places
    .command('groups')
    .description(
      cli.text({ en: 'free groups; as a target: group/<id>', th: 'กลุ่มอิสระ ใช้เป็นปลายทางได้ด้วย group/<รหัส>' }),
    )
    .argument('[group]', cli.text({ en: 'one of them', th: 'รหัสกลุ่ม' }))
    .option('--title <title>', cli.text({ en: 'what people call it', th: 'ชื่อที่คนเรียก' }))
    .option('--areas <code...>', cli.text({ en: 'all that belong to it from now on', th: 'พื้นที่ทั้งหมดในกลุ่ม' }))
    .option('--remove', cli.text({ en: 'take it away', th: 'ลบกลุ่ม' }))
    .action((group: string | undefined, options: { title?: string; areas?: string[]; remove?: boolean }) =>
      groups(group, options, cli),
    );
}

async function list(area: string, cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const villages: AnswerTo<'places'>['villages'] = [];
    let page: AnswerTo<'places'> | undefined;
    do {
      page = await operator.ask('places', { area, after: page?.next });
      villages.push(...page.villages);
    } while (page.next !== undefined);
    for (const { village, name, sites } of villages)
      cli.say(`${village}  ${name}  (${sites.map((site) => site.name).join(', ')})`);
    cli.tell({ en: counted(villages.length, 'village'), th: `${villages.length} หมู่บ้าน` });
    cli.print({ area, villages });
  });
}

async function importFile(file: string, options: ImportOptions, cli: Cli): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file).catch(unreadable(file));
  const { importTable } = await import('../operator/import-table.ts');
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const imported = await importTable(operator, bytes, options);
    if (imported === undefined) return;
    const { done, encoding, villages, sites, added, changed, dropped, without_point } = imported;
    cli.tell({
      en: `read as ${encoding}: ${counted(villages, 'village')}, ${counted(sites, 'site')}`,
      th: `อ่านไฟล์แบบ ${encoding}: ${villages} หมู่บ้าน ${sites} จุดติดตั้ง`,
    });
    cli.tell({
      en: `${done ? '' : 'would be '}added ${added}, changed ${changed}, taken off ${dropped.length}; ${without_point} have no point`,
      th: `${done ? '' : '(ยังไม่ทำ) '}เพิ่ม ${added} เปลี่ยน ${changed} ตัดออก ${dropped.length} ไม่มีพิกัด ${without_point}`,
    });
    cli.print(imported);
  });
}

async function coverage(area: string, cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const told = await operator.ask('coverage', { area });
    const head = {
      en: ['area', 'name', 'villages', 'working', 'impaired', 'offline', 'new', 'none'],
      th: ['พื้นที่', 'ชื่อ', 'หมู่บ้าน', 'ใช้ได้', 'บางส่วน', 'ขาดการติดต่อ', 'ยังไม่ติดต่อ', 'ไม่มีกล่อง'],
    };
    const rows = [...told.parts, { ...told.all, area, th: told.th, en: told.en }];
    const lines = rows.map(
      ({ area: code, th, en, villages, working, impaired, offline, without, ...rest }) => [
        code,
        cli.text({ th, en }),
        ...[villages, working, impaired, offline, rest.new, without].map(String),
      ],
    );
    for (const line of table([head[cli.lang], ...lines])) cli.say(line);
    cli.say('');
    for (const { village, name, standing, since, device } of told.wanting)
      cli.say(
        `${village}  ${name}  ${cli.text(STANDING_WORDS[standing])}${since === undefined ? '' : `  ${when(since, cli.lang)}`}  ${device ?? ''}`.trimEnd(),
      );
    if (told.left_out > 0) cli.tell({ en: `and ${told.left_out} more`, th: `และอีก ${told.left_out} หมู่บ้าน` });
    cli.print(told);
  });
}

async function groups(
  group: string | undefined,
  options: { title?: string; areas?: string[]; remove?: boolean },
  cli: Cli,
): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const told = await operator.ask('groups', { group, ...options });
    for (const each of told.groups)
      cli.tell({
        en: `group/${each.group}  ${each.title}: ${counted(each.areas.length, 'area')}, ${counted(each.devices, 'hall')}`,
        th: `group/${each.group}  ${each.title}: ${each.areas.length} พื้นที่ ${each.devices} หอ`,
      });
    if (group === undefined && told.groups.length === 0)
      cli.tell({ en: 'there is no group yet', th: 'ยังไม่มีกลุ่ม' });
    if (options.remove) cli.tell({ en: `group/${group} is gone`, th: `ลบ group/${group} แล้ว` });
    cli.print(told);
  });
}

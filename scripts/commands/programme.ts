import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { type Cli, Failed, Misused } from '../cli.ts';
import type { OperatorClient } from '../operator/client.ts';

interface Options {
  set?: string;
  draft?: string;
  publish?: boolean;
  rollBack?: number;
  dryRun?: boolean;
  accept?: string[];
  versions?: boolean;
  delivery?: boolean;
}

/** One of these is done; without any, the programme is read. */
const STEPS = ['set', 'draft', 'publish', 'rollBack', 'versions', 'delivery'] as const;

/** `prakat programme`: reads the programme of an area, drafts, publishes, rolls back, and tells who has it. */
export function register(program: Command, cli: Cli): void {
  program
    .command('programme')
    .argument('<area>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .option(
      '--set <file>',
      cli.text({
        en: 'at once; JSON: {"entries": [...]}, as this verb prints it with --json',
        th: 'เปลี่ยนทันที ไฟล์ JSON: {"entries": [...]} แบบที่คำสั่งนี้แสดงเมื่อใช้ --json',
      }),
    )
    .option(
      '--draft <file>',
      cli.text({ en: 'keep a draft and say what stands against it', th: 'เก็บเป็นร่าง และบอกว่าขัดกับอะไร' }),
    )
    .option('--publish', cli.text({ en: 'publish the draft', th: 'เผยแพร่ร่าง' }))
    .option(
      '--roll-back <version>',
      cli.text({ en: 'publish an earlier version again', th: 'เผยแพร่ฉบับก่อนหน้าอีกครั้ง' }),
      wholeNumber('--roll-back', 1, 2 ** 31),
    )
    .option('--dry-run', cli.text({ en: 'only say what would be', th: 'บอกผลเท่านั้น ยังไม่ทำ' }))
    .option(
      '--accept <what...>',
      cli.text({ en: 'conflicts, frozen: publish all the same', th: 'conflicts, frozen: ยืนยันเผยแพร่' }),
    )
    .option('--versions', cli.text({ en: 'what was published', th: 'ฉบับที่เคยเผยแพร่' }))
    .option('--delivery', cli.text({ en: 'which halls have it, since when', th: 'หอใดได้รับแล้ว ตั้งแต่เมื่อใด' }))
    .action(async (area: string, options: Options) => {
      const asked = STEPS.filter((step) => options[step] !== undefined);
      if (asked.length > 1)
        throw new Misused({
          en: 'one at a time: --set, --draft, --publish, --roll-back, --versions or --delivery',
          th: 'ใช้ได้ทีละอย่าง: --set, --draft, --publish, --roll-back, --versions หรือ --delivery',
        });
      const written = options.set ?? options.draft;
      const document = written === undefined ? {} : await documentOf(written);
      const { asOperator } = await import('../operator/session.ts');
      await asOperator((operator) => doIt(operator, area, options, document, cli));
    });
}

async function doIt(
  operator: OperatorClient,
  area: string,
  options: Options,
  document: object,
  cli: Cli,
): Promise<void> {
  const steps = await import('../operator/programme-steps.ts');
  const { accept, dryRun, rollBack } = options;
  if (options.versions) return steps.tellVersions(operator, area, cli);
  if (options.delivery) return steps.tellDelivery(operator, area, cli);
  if (options.draft !== undefined) return steps.writeDraft(operator, area, document, cli);
  if (options.publish || rollBack !== undefined)
    return steps.publish(operator, { area, version: rollBack, accept, dry_run: dryRun }, cli);
  const entries = 'entries' in document ? document.entries : undefined;
  const { askProven } = await import('../operator/step-up.ts');
  const programme = await askProven(operator, 'programme', { area, entries, accept }, cli);
  if (programme.held !== undefined && programme.waits !== undefined) {
    const { waitWords } = await import('../operator/held-words.ts');
    cli.tell(waitWords(programme.held, programme.waits));
    return cli.print(programme);
  }
  const { ruleWords } = await import('../../firmware-protocol/content/spoken-rules/spoken-rule.ts');
  if (programme.version === 0) cli.tell({ en: `${area} has no programme yet`, th: `${area} ยังไม่มีผังรายการ` });
  else
    cli.tell({
      en: `programme of ${area}, version ${programme.version}: ${counted(programme.entries.length, 'entry')}`,
      th: `ผังรายการของ ${area} ฉบับที่ ${programme.version}: ${programme.entries.length} รายการ`,
    });
  for (const { id, starts, rule, band, announcement } of programme.entries)
    cli.say(`  ${id}  ${announcement.title}  [${band}]  ${ruleWords(rule, starts, cli.lang)}`);
  cli.print(programme);
}

/** The members `entries` and `slots` of a file, whatever they hold: the server judges them. */
async function documentOf(path: string): Promise<{ entries: unknown; slots?: unknown }> {
  const { writtenJson } = await import('../operator/written-document.ts');
  const document = await writtenJson(path);
  if (typeof document === 'object' && document !== null && 'entries' in document) {
    const { entries } = document;
    return 'slots' in document ? { entries, slots: document.slots } : { entries };
  }
  throw new Failed(
    { en: `${path} has no member "entries"`, th: `ไฟล์ ${path} ไม่มีรายการ "entries"` },
    { code: 'request-invalid' },
  );
}

import type { Command } from 'commander';
import { type Cli, Failed } from '../cli.ts';

/** `prakat programme`: reads the programme of an area, or replaces it with the entries of a file. */
export function register(program: Command, cli: Cli): void {
  program
    .command('programme')
    .argument('<area>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .option(
      '--set <file>',
      cli.text({
        en: 'JSON: {"entries": [...]}, as this verb prints it with --json',
        th: 'ไฟล์ JSON: {"entries": [...]} แบบที่คำสั่งนี้แสดงเมื่อใช้ --json',
      }),
    )
    .action(async (area: string, options: { set?: string }) => {
      const entries = options.set === undefined ? undefined : await entriesOf(options.set);
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const programme = await operator.ask('programme', { area, entries });
        cli.tell({
          en: `programme of ${area}, version ${programme.version}: ${programme.entries.length} entries`,
          th: `ผังรายการของ ${area} ฉบับที่ ${programme.version}: ${programme.entries.length} รายการ`,
        });
        for (const { id, starts, rule, band, announcement } of programme.entries)
          cli.say(`  ${id}  ${starts}  ${rule ?? '-'}  [${band}]  ${announcement.title}`);
        cli.print(programme);
      });
    });
}

/** The member `entries` of a file, whatever it holds: the server judges it. */
async function entriesOf(path: string): Promise<unknown> {
  const { writtenJson } = await import('../operator/written-document.ts');
  const document = await writtenJson(path);
  if (typeof document === 'object' && document !== null && 'entries' in document) return document.entries;
  throw new Failed(
    { en: `${path} has no member "entries"`, th: `ไฟล์ ${path} ไม่มีรายการ "entries"` },
    { code: 'request-invalid' },
  );
}

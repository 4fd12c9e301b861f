import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { type Cli, Failed } from '../cli.ts';
import { asOperator } from '../operator/session.ts';

const Draft = z.object({ entries: z.array(z.record(z.string(), z.unknown())) });

/** `prakat programme`: reads the programme of an area, or replaces it with the entries of a file. */
export function register(program: Command, cli: Cli): void {
  program
    .command('programme <area>')
    .description('show the programme of an area, or replace it from a file / ผังรายการของพื้นที่')
    .option('--set <file>', 'JSON: {"entries": [...]}, as this verb prints it with --json')
    .action(async (area: string, options: { set?: string }) => {
      const entries = options.set === undefined ? undefined : await entriesOf(options.set);
      await asOperator(async (operator) => {
        // The server judges the entries: one gate, one wording of faults.
        const programme = await operator.ask('programme', {
          area,
          ...(entries === undefined ? {} : { entries: entries as never }),
        });
        cli.tell({
          en: `programme of ${area}, version ${programme.version}: ${programme.entries.length} entries`,
          th: `ผังรายการของ ${area} ฉบับที่ ${programme.version}: ${programme.entries.length} รายการ`,
        });
        for (const entry of programme.entries)
          cli.say(
            `  ${entry.id}  ${entry.starts}  ${entry.rule ?? '-'}  [${entry.band}] ${entry.announcement.title}`,
          );
        cli.print(programme);
      });
    });
}

async function entriesOf(path: string): Promise<unknown[]> {
  try {
    return Draft.parse(JSON.parse(await readFile(path, 'utf8'))).entries;
  } catch (cause) {
    throw new Failed(`${path}: not a programme file: ${cause instanceof Error ? cause.message : cause}`);
  }
}

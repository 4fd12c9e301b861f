import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { askEverything, reportDocument, reportRows } from '../../technician/board-report.ts';
import type { BoardRow } from '../../technician/board-words.ts';
import { LINE_WORDS } from '../../technician/line-option.ts';
import { withBoard } from '../../technician/open-board.ts';

/** `prakat panel boards`: what a board says of itself, in words. */
export function registerBoards(panel: Command, cli: Cli): void {
  panel
    .command('boards')
    .description(
      cli.text({
        en: 'what the board on a line says of itself',
        th: 'ถามบอร์ดบนสายว่าเป็นอะไร มีอะไร และวัดได้เท่าใด',
      }),
    )
    .requiredOption('--line <spec>', cli.text(LINE_WORDS))
    .action(async ({ line }: { line: string }) => {
      const report = await withBoard(line, ({ link, facts }) => askEverything(link, facts));
      for (const row of reportRows(report)) cli.say(rowLine(row, cli));
      cli.print({ line, ...reportDocument(report) });
    });
}

export function rowLine([head, says]: BoardRow, cli: Cli): string {
  return `${cli.text(head)}: ${typeof says === 'string' ? says : cli.text(says)}`;
}

import type { Command } from 'commander';
import { type Cli, Failed, Misused } from '../../cli.ts';
import { askLine } from '../../technician/ask-line.ts';
import { welcomeRows } from '../../technician/board-words.ts';
import { checkLine, heldWords, lineFailure } from '../../technician/line-failure.ts';
import { type FoundPort, serialPorts } from '../../technician/serial-ports.ts';
import { rowLine } from './boards.ts';

interface LinesOptions {
  ask?: boolean;
  line?: string[];
  addresses?: string;
}

/** Addresses of boards on a shared line (SPEC 4). */
const LAST_ADDRESS = 254;

/** `prakat panel lines`: the serial lines of this machine, and what answers on them. */
export function registerLines(panel: Command, cli: Cli): void {
  panel
    .command('lines')
    .description(cli.text({ en: 'the serial lines of this machine', th: 'สายอนุกรมของเครื่องนี้' }))
    .option(
      '--ask',
      cli.text({ en: 'say hello on each, and tell which board answers', th: 'ทักบนทุกสาย ว่าบอร์ดใดตอบ' }),
    )
    .option(
      '--line <spec...>',
      cli.text({
        en: 'these only, such as tcp:host:port or a rate: /dev/ttyUSB0@921600',
        th: 'เฉพาะสายเหล่านี้ เช่น tcp:host:port',
      }),
    )
    .option(
      '--addresses <a-b>',
      cli.text({ en: 'ask the boards of a shared line: 1-8', th: 'ถามบอร์ดที่ใช้สายร่วมกัน เช่น 1-8' }),
    )
    .action((options: LinesOptions) => listLines(options, cli));
}

async function listLines({ ask = false, line: named, addresses }: LinesOptions, cli: Cli): Promise<void> {
  const asked = addressesOf(addresses);
  const lines: FoundPort[] = named?.map((spec) => ({ path: checkLine(spec) })) ?? (await serialPorts());
  if (lines.length === 0)
    cli.tell({
      en: 'this machine has no serial line: is the adapter plugged in? (dmesg | tail)',
      th: 'เครื่องนี้ไม่มีสายอนุกรม เสียบตัวแปลงแล้วหรือยัง (dmesg | tail)',
    });
  const rows: object[] = [];
  for (const line of lines) {
    tellLine(line, cli);
    const isFree = line.heldBy === undefined;
    rows.push({ ...line, ...(ask && isFree ? await answersOn(line.path, asked, cli) : {}) });
  }
  cli.print({ lines: rows });
}

function tellLine({ path, byId, adapter, heldBy }: FoundPort, cli: Cli): void {
  cli.say([path, adapter, byId].filter((part) => part !== undefined).join('  '));
  if (heldBy !== undefined) cli.say(`  ${cli.text(heldWords(path, heldBy))}`);
}

/** A line that cannot be asked is a row of the answer, not the end of the list. */
async function answersOn(path: string, addresses: number[], cli: Cli): Promise<object> {
  try {
    const boards = await askLine(path, addresses);
    if (boards.length === 0)
      cli.say(`  ${cli.text({ en: 'no board of ours answers', th: 'ไม่มีบอร์ดของเราตอบ' })}`);
    for (const board of boards) for (const row of welcomeRows(board)) cli.say(`  ${rowLine(row, cli)}`);
    return { boards };
  } catch (error) {
    const failure = await lineFailure(path, error);
    if (!(failure instanceof Failed)) throw failure;
    cli.say(`  ${cli.text(failure.words)}`);
    return { failed: { code: failure.code, ...failure.words } };
  }
}

/** `1-8` or `3`. Throws Misused. */
function addressesOf(text: string | undefined): number[] {
  if (text === undefined) return [];
  const [, from = '', to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === '' || first < 1 || last > LAST_ADDRESS || last < first)
    throw new Misused({
      en: `--addresses is one address or a range from 1 to ${LAST_ADDRESS}, such as 1-8`,
      th: `--addresses คือหนึ่งหมายเลขหรือช่วงระหว่าง 1 ถึง ${LAST_ADDRESS} เช่น 1-8`,
    });
  return Array.from({ length: last - first + 1 }, (_unused, index) => first + index);
}

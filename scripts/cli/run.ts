import { Command, CommanderError } from 'commander';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type Cli, Failed, Misused, type Register } from '../cli.ts';
import { causesOf } from './causes.ts';
import { everywhereHelp, helpForm } from './help-form.ts';
import { languageOf, readShared } from './shared-options.ts';
import { shownText } from './shown-text.ts';
import { terminalCli } from './terminal.ts';
import { usageWords } from './usage-words.ts';
import type { Lang, Words } from './words.ts';

/**
 * Runs one command line. Exit codes: 0 done, 1 failed, 2 wrong usage. With `--json` a failure prints a document too:
 * what the verb knows, and `error: {code, en, th, faults}`.
 */
export async function run(argv: string[], verbs: Register[]): Promise<number> {
  let cli = terminalCli({ json: argv.includes('--json'), lang: languageOf(process.env) });
  let program: Command | undefined;
  try {
    const shared = readShared(argv, process.env);
    cli = terminalCli(shared);
    program = programOf(cli);
    for (const register of verbs) register(program, cli);
    await program.parseAsync(shared.rest, { from: 'user' });
    return 0;
  } catch (error) {
    const showing = error instanceof CommanderError && SHOWN.has(error.code);
    return showing ? (error.exitCode === 0 ? 0 : 2) : explain(error, cli, program);
  }
}

/** Ends that commander reports as errors: help and version have been shown. */
const SHOWN: ReadonlySet<string> = new Set([
  'commander.helpDisplayed',
  'commander.help',
  'commander.version',
]);

/** Verbs are made with `program.command`, which hands all of this on to them. */
function programOf(cli: Cli): Command {
  return new Command('prakat')
    .description(
      cli.text({
        en: 'prakat (ประกาศ): village broadcast towers and LED signs',
        th: 'ประกาศ: หอกระจายข่าวและป้ายประชาสัมพันธ์อิเล็กทรอนิกส์ของหมู่บ้าน',
      }),
    )
    .version(packageJson.version, '-V, --version', cli.text({ en: 'show the version', th: 'แสดงรุ่น' }))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => cli.say(text.trimEnd()), outputError: () => {} })
    .configureHelp(helpForm(cli))
    .helpOption('-h, --help', cli.text({ en: 'show this', th: 'แสดงวิธีใช้' }))
    .helpCommand('help [command]', cli.text({ en: 'how a command is used', th: 'วิธีใช้ของคำสั่ง' }))
    .addHelpText('afterAll', () => everywhereHelp(cli));
}

/** The commands that the verb of this name has below it. */
function namesBelow(program: Command | undefined, name: string): string[] {
  const verb = program?.commands.find((each) => each.name() === name);
  return verb?.commands.map((each) => each.name()) ?? [];
}

/** Of what the system refused, the file or folder. */
function placeIn(error: unknown): string | undefined {
  const isSystems = error instanceof Error && 'syscall' in error && 'path' in error;
  return isSystems ? String(error.path) : undefined;
}

interface Explained {
  words: Words;
  code: string;
  faults: Fault[];
  document: object;
  exitCode: number;
}

function explain(error: unknown, cli: Cli, program: Command | undefined): number {
  const { words, code, faults, document, exitCode } = explained(error, program);
  const why =
    error instanceof Failed && error.cause !== undefined ? ` (${causesOf(error.cause, cli.lang)})` : '';
  // What is to be done about it stands on lines of its own, behind the cause.
  const [headline = '', ...remedy] = cli.text(words).split('\n');
  const told = [linesOf(headline + why, faults, cli.lang), ...remedy].join('\n');
  process.stderr.write(shownText(`prakat: ${told}\n`));
  if (process.env.PRAKAT_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  cli.print({ ...document, error: { code, ...words, faults } });
  return exitCode;
}

/** A single fault that says the same as the headline only adds where it is. */
function linesOf(headline: string, faults: Fault[], lang: Lang): string {
  const [first] = faults;
  if (faults.length === 1 && first?.[lang] === headline) return `${placeOf(first, lang)}: ${headline}`;
  return [headline, ...faults.map((fault) => `  ${placeOf(fault, lang)}: ${fault[lang]}`)].join('\n');
}

/** `line 3, code` of a table, for people who read Thai; members of documents have one name. */
function placeOf({ path }: Fault, lang: Lang): string {
  return lang === 'th' ? path.replace(/^line (\d+)/, 'บรรทัด $1') || '.' : path || '.';
}

function explained(error: unknown, program: Command | undefined): Explained {
  const usage = { code: 'wrong-usage', faults: [], document: {}, exitCode: 2 };
  if (error instanceof Misused) return { ...usage, words: error.words };
  if (error instanceof CommanderError)
    return { ...usage, words: usageWords(error, (name) => namesBelow(program, name)) };
  if (error instanceof Failed) {
    const { words, code, faults, document } = error;
    return { words, code, faults, document, exitCode: 1 };
  }
  const place = placeIn(error);
  const words =
    place === undefined
      ? {
          en: `something unexpected happened: ${causesOf(error)}`,
          th: `เกิดเหตุที่ไม่คาดคิด: ${causesOf(error, 'th')}`,
        }
      : { en: `cannot use ${place}: ${causesOf(error)}`, th: `ใช้ ${place} ไม่ได้: ${causesOf(error, 'th')}` };
  return {
    words,
    code: place === undefined ? 'unexpected' : 'no-file',
    faults: [],
    document: {},
    exitCode: 1,
  };
}

import { Command, CommanderError } from 'commander';

/** What every verb has: one JSON document on stdout when asked, words for people on stderr otherwise beside it. */
export interface Cli {
  readonly json: boolean;
  readonly lang: 'th' | 'en';
  /** The result of the verb: the one document on stdout with `--json`, nothing without. */
  print(document: unknown): void;
  /** Words for a person: stdout, or stderr with `--json`. */
  say(text: string): void;
  /** Words for a person in the chosen language. */
  tell(texts: { en: string; th: string }): void;
}

/** A verb did not do what was asked; the text has been made for the person. Exit code 1. */
export class Failed extends Error {
  readonly document: unknown;

  constructor(message: string, document?: unknown) {
    super(message);
    this.name = 'Failed';
    this.document = document;
  }
}

/** Wrong usage that only the verb can see. Exit code 2. */
export class Misused extends Error {}

export type Register = (program: Command, cli: Cli) => void;

interface Shared {
  json: boolean;
  lang: 'th' | 'en';
  rest: string[];
}

/** `--json` and `--lang` are understood anywhere on the line, before the verb or after it. */
function readShared(argv: string[], env: Record<string, string | undefined>): Shared {
  const shared: Shared = { json: false, lang: env.LANG?.startsWith('th') ? 'th' : 'en', rest: [] };
  const own = argv.indexOf('--');
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    const value = word === '--lang' ? argv[++index] : word.startsWith('--lang=') ? word.slice(7) : undefined;
    if (own !== -1 && index > own) shared.rest.push(word);
    else if (word === '--json') shared.json = true;
    else if (value === 'th' || value === 'en') shared.lang = value;
    else if (word === '--lang' || word.startsWith('--lang=')) throw new Misused('--lang is "th" or "en"');
    else shared.rest.push(word);
  }
  return shared;
}

function makeCli(shared: Shared): Cli {
  const say = (text: string) => (shared.json ? process.stderr : process.stdout).write(`${text}\n`);
  return {
    json: shared.json,
    lang: shared.lang,
    print: (document) => {
      if (shared.json) process.stdout.write(`${JSON.stringify(document)}\n`);
    },
    say,
    tell: (texts) => say(texts[shared.lang]),
  };
}

/**
 * Runs one command line. Exit codes: 0 done, 1 failed, 2 wrong usage.
 * With `--json` a failure prints its document too, where it has one.
 */
export async function run(argv: string[], verbs: Register[]): Promise<number> {
  let cli: Cli | undefined;
  try {
    const shared = readShared(argv, process.env);
    cli = makeCli(shared);
    const program = new Command('prakat')
      .description('ประกาศ: village broadcast towers and LED signs')
      .exitOverride()
      .configureHelp({ showGlobalOptions: false })
      .addHelpText(
        'afterAll',
        '\nEverywhere:\n  --json       one JSON document on stdout, everything else on stderr\n  --lang LANG  th or en (default: from LANG)\nExit codes: 0 done, 1 failed, 2 wrong usage',
      );
    for (const register of verbs) register(program, cli);
    // Verbs are made with `program.command`, which hands exitOverride and the output on.
    await program.parseAsync(shared.rest, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, cli);
  }
}

function explain(error: unknown, cli: Cli | undefined): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Misused) {
    process.stderr.write(`prakat: ${error.message}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`prakat: ${message}\n`);
  if (error instanceof Failed && error.document !== undefined) cli?.print(error.document);
  return 1;
}

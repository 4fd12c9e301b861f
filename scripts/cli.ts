import type { Command } from 'commander';
import type { Fault } from '../firmware-protocol/mqtt/answer.ts';
import type { Lang, Words } from './cli/words.ts';

/** What every verb has: one JSON document on stdout when asked, words for people on stderr otherwise beside it. */
export interface Cli {
  readonly json: boolean;
  readonly lang: Lang;
  /** The result of the verb: the one document on stdout with `--json`, nothing without. */
  print(document: unknown): void;
  /** Words for a person: stdout, or stderr with `--json`. */
  say(text: string): void;
  /** Words for a person in the chosen language. */
  tell(words: Words): void;
  /** A document to the letter, for the program that reads standard output; with --json `print` has it. */
  pass(text: string): void;
  /** The words in the chosen language. */
  text(words: Words): string;
  /** A line on a terminal that grows with `share`, from 0 to 1, until the next thing is said; elsewhere nothing. */
  progress(what: string, share: number): void;
}

interface FailedDetails {
  /** For programs that read the document. */
  code?: string;
  /** Where in the input the fault lies. */
  faults?: Fault[];
  /** What is known all the same: printed with `--json`, with `error` added. */
  document?: object;
  cause?: unknown;
}

/** A verb did not do what was asked; the words have been made for the person. Exit code 1. */
export class Failed extends Error {
  readonly words: Words;
  readonly code: string;
  readonly faults: Fault[];
  readonly document: object;

  constructor(
    said: Words | string,
    { code = 'failed', faults = [], document = {}, cause }: FailedDetails = {},
  ) {
    const words = typeof said === 'string' ? { en: said, th: said } : said;
    super(words.en, cause === undefined ? {} : { cause });
    this.name = 'Failed';
    this.words = words;
    this.code = code;
    this.faults = faults;
    this.document = document;
  }

  /** The same end with a sentence more, on a line of its own. `document` is added to what is known. */
  andSays({ en, th }: Words, document: object = {}): Failed {
    const { words, code, faults, cause } = this;
    return new Failed(
      { en: `${words.en}\n${en}`, th: `${words.th}\n${th}` },
      { code, faults, cause, document: { ...this.document, ...document } },
    );
  }
}

/** Wrong usage that only the verb can see. Exit code 2. */
export class Misused extends Error {
  readonly words: Words;

  constructor(said: Words | string) {
    const words = typeof said === 'string' ? { en: said, th: said } : said;
    super(words.en);
    this.name = 'Misused';
    this.words = words;
  }
}

export type Register = (program: Command, cli: Cli) => void;

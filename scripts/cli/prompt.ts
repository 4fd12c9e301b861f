import { confirm, isCancel, password, text } from '@clack/prompts';

/** One line from the terminal; `why` says what is wrong with it. Undefined = Ctrl-C or Escape. */
export async function promptLine(
  message: string,
  why: (answer: string) => string | undefined,
): Promise<string | undefined> {
  // stdout belongs to the result.
  const said = await text({ message, validate: (value) => why(value ?? ''), output: process.stderr });
  return isCancel(said) ? undefined : (said ?? '');
}

/** The same without echo. */
export async function promptSecret(message: string): Promise<string | undefined> {
  const said = await password({ message, output: process.stderr });
  return isCancel(said) ? undefined : said;
}

/** Yes or no; no is what a blind Enter says. Undefined = Ctrl-C or Escape. */
export async function promptYesNo(
  message: string,
  words: { yes: string; no: string },
): Promise<boolean | undefined> {
  const said = await confirm({
    message,
    active: words.yes,
    inactive: words.no,
    initialValue: false,
    output: process.stderr,
  });
  return isCancel(said) ? undefined : said;
}

import type { Cli } from '../cli.ts';
import { ProgressLine } from './progress-line.ts';
import { shownJson, shownText } from './shown-text.ts';
import type { Lang } from './words.ts';

/** The streams of this process as a Cli. */
export function terminalCli({ json, lang }: { json: boolean; lang: Lang }): Cli {
  const line = new ProgressLine(process.stderr);
  const say = (text: string) => {
    line.clear();
    (json ? process.stderr : process.stdout).write(`${shownText(text)}\n`);
  };
  return {
    json,
    lang,
    say,
    pass: (text) => {
      line.clear();
      if (!json) process.stdout.write(process.stdout.isTTY ? shownText(text.replaceAll('\r\n', '\n')) : text);
    },
    print: (document) => {
      line.clear();
      if (json) process.stdout.write(`${shownJson(document)}\n`);
    },
    tell: (words) => say(words[lang]),
    text: (words) => words[lang],
    progress: (what, share) => line.show(shownText(what), share),
  };
}

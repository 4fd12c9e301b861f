import { text } from 'node:stream/consumers';
import { isCancel, password } from '@clack/prompts';
import { Misused } from '../cli.ts';

/** From the keyboard without echo, or the first line of standard input when it is not a terminal. */
export async function askPassword(message: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(await text(process.stdin));
  const typed = await password({ message });
  if (isCancel(typed)) throw new Misused('no password given');
  return typed;
}

function firstLine(input: string): string {
  const line = input.split('\n', 1)[0]?.trimEnd() ?? '';
  if (line === '')
    throw new Misused('the password comes from the terminal, or as one line on standard input');
  return line;
}

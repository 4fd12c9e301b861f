import { text } from 'node:stream/consumers';
import { promptSecret } from '../cli/prompt.ts';
import type { Words } from '../cli/words.ts';
import { type Cli, Misused } from '../cli.ts';

const WORDS = {
  known: { en: 'Password', th: 'รหัสผ่าน' },
  chosen: { en: 'New password (10 characters or more)', th: 'ตั้งรหัสผ่านใหม่ (10 ตัวอักษรขึ้นไป)' },
  again: { en: 'The same again', th: 'พิมพ์อีกครั้ง' },
  differ: { en: 'the two passwords differ', th: 'รหัสผ่านสองครั้งไม่ตรงกัน' },
  none: {
    en: 'the password comes from the terminal, or as one line on standard input',
    th: 'ต้องพิมพ์รหัสผ่านที่เทอร์มินัล หรือส่งเป็นหนึ่งบรรทัดทาง stdin',
  },
} satisfies Record<string, Words>;

/** From the keyboard without echo (a new one twice), or the first line of standard input when it is no terminal. */
export async function askPassword(kind: 'known' | 'chosen', cli: Cli): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(await text(process.stdin));
  const typed = await typedAt(cli.text(WORDS[kind]));
  if (kind === 'chosen' && (await typedAt(cli.text(WORDS.again))) !== typed) throw new Misused(WORDS.differ);
  return typed;
}

async function typedAt(message: string): Promise<string> {
  const typed = await promptSecret(message);
  if (typed === undefined || typed === '') throw new Misused(WORDS.none);
  return typed;
}

function firstLine(input: string): string {
  const line = input.split('\n', 1)[0]?.trimEnd() ?? '';
  if (line === '') throw new Misused(WORDS.none);
  return line;
}

import { Failed } from '../cli.ts';

/** Files that a person named on the command line: what is thrown where one cannot be read or written, for a `catch`. */

export function unreadable(path: string): (cause: unknown) => never {
  const words = { en: `cannot read ${path}`, th: `อ่านไฟล์ ${path} ไม่ได้` };
  return (cause) => {
    throw new Failed(words, { code: 'no-file', cause });
  };
}

export function unwritable(path: string): (cause: unknown) => never {
  const words = { en: `cannot write ${path}`, th: `เขียนไฟล์ ${path} ไม่ได้` };
  return (cause) => {
    throw new Failed(words, { code: 'no-file', cause });
  };
}

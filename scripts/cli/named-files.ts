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

/** The end of a verb that may not look where only the owner may. */
export function forbidden(path: string, cause: unknown): Failed {
  return new Failed(
    { en: `${path} may be read by its owner only: use sudo`, th: `ไฟล์ ${path} อ่านได้เฉพาะเจ้าของ ให้ใช้ sudo` },
    { code: 'forbidden', cause },
  );
}

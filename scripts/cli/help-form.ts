import type { HelpConfiguration } from 'commander';
import type { Cli } from '../cli.ts';
import type { Words } from './words.ts';

const TITLES: Record<string, Words> = {
  'Usage:': { en: 'Usage:', th: 'วิธีใช้:' },
  'Arguments:': { en: 'Arguments:', th: 'สิ่งที่ต้องระบุ:' },
  'Options:': { en: 'Options:', th: 'ตัวเลือก:' },
  'Commands:': { en: 'Commands:', th: 'คำสั่ง:' },
};

const EVERYWHERE: Words = {
  en: `
Everywhere:
  --json       one JSON document on stdout, everything else on stderr
  --lang LANG  th or en (default: from LANG)
Exit codes: 0 done, 1 failed, 2 wrong usage`,
  th: `
ใช้ได้กับทุกคำสั่ง:
  --json       ผลลัพธ์เป็นเอกสาร JSON หนึ่งฉบับทาง stdout ข้อความอื่นออกทาง stderr
  --lang LANG  ภาษา th หรือ en (ปกติตามค่า LANG)
รหัสจบการทำงาน: 0 สำเร็จ, 1 ไม่สำเร็จ, 2 ใช้คำสั่งผิด`,
};

/** How commander writes its help, in the language of the person. */
export function helpForm(cli: Cli): HelpConfiguration {
  return {
    showGlobalOptions: false,
    styleTitle: (title) => {
      const words = TITLES[title];
      return words === undefined ? title : cli.text(words);
    },
    optionDescription: ({ description, argChoices, defaultValue, negate }) => {
      const usual = typeof defaultValue === 'string' || typeof defaultValue === 'number';
      const notes = [
        ...(argChoices === undefined ? [] : [argChoices.join(', ')]),
        ...(usual && !negate ? [`${cli.text({ en: 'default', th: 'ปกติ' })}: ${defaultValue}`] : []),
      ];
      return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
    },
  };
}

export function everywhereHelp(cli: Cli): string {
  return cli.text(EVERYWHERE);
}

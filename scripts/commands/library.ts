import { type Command, Option } from 'commander';
import type { LibraryItem, LibraryKind } from '../../firmware-protocol/mqtt/library-requests.ts';
import { counted } from '../cli/counted.ts';
import { when } from '../cli/when.ts';
import type { Words } from '../cli/words.ts';
import { type Cli, Misused } from '../cli.ts';

interface Options {
  kind?: string;
  search?: string;
  by?: string;
  unused?: boolean;
  rename?: string;
  share?: boolean;
  unshare?: boolean;
  remove?: boolean;
}

const KIND_WORDS: Record<LibraryKind, Words> = {
  sound: { en: 'sound', th: 'เสียง' },
  speech: { en: 'speech', th: 'เสียงอ่าน' },
  picture: { en: 'picture', th: 'ภาพ' },
};

const CHANGES = ['rename', 'share', 'unshare', 'remove'] as const;

/** `prakat library`: sound, speech and pictures: found, renamed, shared, taken away. */
export function register(program: Command, cli: Cli): void {
  program
    .command('library')
    .argument('[sha256]', cli.text({ en: 'only this file', th: 'เฉพาะไฟล์นี้' }))
    .addOption(
      new Option('--kind <kind>', cli.text({ en: 'what it is', th: 'ชนิดของไฟล์' })).choices([
        'sound',
        'speech',
        'picture',
      ]),
    )
    .option('--search <text>', cli.text({ en: 'a part of the title', th: 'บางส่วนของชื่อ' }))
    .option('--by <user>', cli.text({ en: 'who put it there', th: 'ผู้นำเข้า' }))
    .option('--unused', cli.text({ en: 'only what nothing names', th: 'เฉพาะที่ไม่มีรายการใดใช้' }))
    .option('--rename <title>', cli.text({ en: 'give the file another title', th: 'เปลี่ยนชื่อไฟล์' }))
    .option('--share', cli.text({ en: 'those below may use it too', th: 'ให้พื้นที่ภายในใช้ได้ด้วย' }))
    .option('--unshare', cli.text({ en: 'only its own areas may use it', th: 'เลิกให้พื้นที่ภายในใช้' }))
    .option('--remove', cli.text({ en: 'take it away, where nothing names it', th: 'ลบไฟล์ที่ไม่มีรายการใดใช้' }))
    .action(async (sha256: string | undefined, options: Options) => {
      const { rename, share, unshare, remove, ...wish } = options;
      const change = changeIn(options);
      if (change !== undefined && sha256 === undefined)
        throw new Misused({ en: 'name the file to change', th: 'ระบุไฟล์ที่จะเปลี่ยน' });
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const items: LibraryItem[] = [];
        let after: string | undefined;
        do {
          const page = await operator.ask('library', { ...wish, sha256, change, title: rename, after });
          items.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        for (const item of items) tellItem(item, cli);
        if (remove) cli.tell({ en: 'removed', th: 'ลบแล้ว' });
        else cli.tell({ en: counted(items.length, 'file'), th: `${items.length} ไฟล์` });
        cli.print({ items });
      });
    });
}

function changeIn(options: Options): (typeof CHANGES)[number] | undefined {
  const asked = CHANGES.filter((change) => options[change] !== undefined);
  if (asked.length > 1)
    throw new Misused({
      en: 'one at a time: --rename, --share, --unshare or --remove',
      th: 'ใช้ได้ทีละอย่าง: --rename, --share, --unshare หรือ --remove',
    });
  return asked[0];
}

function tellItem({ sha256, kind, title, by, at, ms, shared, uses_in_all }: LibraryItem, cli: Cli): void {
  const facts = [
    cli.text(KIND_WORDS[kind]),
    ms === undefined ? undefined : cli.text({ en: `${seconds(ms)} s`, th: `${seconds(ms)} วินาที` }),
    `${by}, ${when(at, cli.lang)}`,
    shared ? cli.text({ en: 'shared', th: 'ใช้ร่วมกัน' }) : undefined,
    cli.text({ en: `used ${uses_in_all} times`, th: `ใช้อยู่ ${uses_in_all} แห่ง` }),
  ];
  cli.say(`${sha256}  ${title}  (${facts.filter((fact) => fact !== undefined).join('; ')})`);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

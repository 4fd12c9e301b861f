import { type Command, Option } from 'commander';
import type { Template } from '../../firmware-protocol/mqtt/template-requests.ts';
import type { Words } from '../cli/words.ts';
import { type Cli, Failed, Misused } from '../cli.ts';

interface Options {
  area?: string;
  use?: string;
  put?: string;
  remove?: boolean;
}

const USE_WORDS: Record<Template['use'], Words> = {
  emergency: { en: 'emergency', th: 'เหตุฉุกเฉิน' },
  saved: { en: 'saved', th: 'ที่บันทึกไว้' },
};

/** `prakat templates`: announcements that lie ready, by area. */
export function register(program: Command, cli: Cli): void {
  program
    .command('templates')
    .argument('[template]', cli.text({ en: 'only this one', th: 'เฉพาะรหัสนี้' }))
    .option(
      '--area <code>',
      cli.text({
        en: 'which hold there; whose it is, to change one',
        th: 'ที่ใช้ได้ในพื้นที่นี้ หรือพื้นที่เจ้าของเมื่อเปลี่ยน',
      }),
    )
    .addOption(
      new Option('--use <use>', cli.text({ en: 'what they are for', th: 'ใช้สำหรับอะไร' })).choices([
        'emergency',
        'saved',
      ]),
    )
    .option(
      '--put <file>',
      cli.text({
        en: 'JSON: {"use", "title", "push"}, as this verb prints one with --json',
        th: 'ไฟล์ JSON: {"use", "title", "push"} แบบที่คำสั่งนี้แสดงเมื่อใช้ --json',
      }),
    )
    .option('--remove', cli.text({ en: 'take it away', th: 'ลบ' }))
    .action(async (template: string | undefined, { area, use, put, remove }: Options) => {
      if (put !== undefined && remove)
        throw new Misused({ en: 'either --put or --remove', th: 'ใช้ --put หรือ --remove อย่างใดอย่างหนึ่ง' });
      const changes = put !== undefined || remove === true;
      if (changes && (area === undefined || template === undefined))
        throw new Misused({ en: 'name the template and its --area', th: 'ระบุรหัสและ --area ของพื้นที่เจ้าของ' });
      const written = put === undefined ? {} : await templateIn(put);
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const change = put !== undefined ? 'put' : remove ? 'remove' : undefined;
        const told = await operator.ask('templates', { area, use, ...written, change, template });
        const shown = told.templates.filter((each) => template === undefined || each.template === template);
        for (const each of shown) cli.say(lineOf(each, cli));
        if (remove) cli.tell({ en: `${area}/${template} is gone`, th: `ลบ ${area}/${template} แล้ว` });
        else if (shown.length === 0) cli.tell({ en: 'there is none', th: 'ไม่มีรายการ' });
        if (told.left_out > 0)
          cli.tell({ en: `and ${told.left_out} more`, th: `และอีก ${told.left_out} รายการ` });
        cli.print({ ...told, templates: shown });
      });
    });
}

function lineOf({ area, template, use, title, push }: Template, cli: Cli): string {
  const words = (push.text ?? push.say ?? '').replaceAll('\n', ' ');
  return `${area}/${template}  ${cli.text(USE_WORDS[use])}  ${title}${words === '' ? '' : `: ${words}`}`;
}

/** The members that make a template of a file, whatever they hold: the server judges them. */
async function templateIn(path: string): Promise<object> {
  const { writtenJson } = await import('../operator/written-document.ts');
  const document = await writtenJson(path);
  if (typeof document === 'object' && document !== null && 'push' in document) {
    const { use, title, push } = document as Record<'use' | 'title' | 'push', unknown>;
    return { use, title, push };
  }
  throw new Failed(
    { en: `${path} has no member "push"`, th: `ไฟล์ ${path} ไม่มีรายการ "push"` },
    { code: 'request-invalid' },
  );
}

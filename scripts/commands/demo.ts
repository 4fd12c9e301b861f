import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { DemoOptions } from '../virtual-village/demo.ts';

/** `prakat demo`: the whole chain on this machine. */
export function register(program: Command, cli: Cli): void {
  program
    .command('demo')
    .option('--once', cli.text({ en: 'end after the announcement', th: 'จบเมื่อประกาศเสร็จ' }))
    .option(
      '--data <folder>',
      cli.text({
        en: 'where everything of the demo goes; made anew each time',
        th: 'โฟลเดอร์ที่เก็บทุกอย่างของการสาธิต สร้างใหม่ทุกครั้ง',
      }),
      'demo-data',
    )
    .option(
      '--speech <file>',
      cli.text({
        en: 'what is said (default: a recording of the package alsa-utils)',
        th: 'ไฟล์เสียงที่จะประกาศ (ปกติ: เสียงตัวอย่างจากแพ็กเกจ alsa-utils)',
      }),
    )
    .action(async (options: DemoOptions) => {
      const { demo } = await import('../virtual-village/demo.ts');
      await demo(options, cli);
    });
}

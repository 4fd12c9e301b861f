import type { Command } from 'commander';
import { wholeNumber } from '../cli/whole-number.ts';
import type { Cli } from '../cli.ts';

interface Options {
  from?: string;
  hours: number;
  at?: string;
  minutes?: number;
}

/** `prakat explain`: what a village, or each village of a province, will hear and see, why, and what lost. */
export function register(program: Command, cli: Cli): void {
  program
    .command('explain')
    .argument(
      '<who>',
      cli.text({
        en: 'a village, or device/<id>; with --at also a tambon, district or province',
        th: 'รหัสหมู่บ้าน หรือ device/<id> หากใช้ --at เป็นตำบล อำเภอ หรือจังหวัดได้',
      }),
    )
    .option(
      '--from <instant>',
      cli.text({ en: 'RFC 3339; otherwise now', th: 'เวลาเริ่ม (RFC 3339) ปกติคือตอนนี้' }),
    )
    .option(
      '--hours <n>',
      cli.text({ en: 'how far ahead', th: 'ดูล่วงหน้ากี่ชั่วโมง' }),
      wholeNumber('--hours', 1, 744),
      24,
    )
    .option(
      '--at <instant>',
      cli.text({
        en: 'all villages of the area at this moment (RFC 3339), those together that hear the same',
        th: 'ทุกหมู่บ้านในพื้นที่ ณ เวลานี้ (RFC 3339) รวมกลุ่มที่ได้ยินเหมือนกัน',
      }),
    )
    .option(
      '--minutes <n>',
      cli.text({ en: 'with --at: and so long after it', th: 'ใช้กับ --at: และต่อไปอีกกี่นาที' }),
      wholeNumber('--minutes', 1, 1_440),
    )
    .action(async (who: string, { from, hours, at, minutes }: Options) => {
      const { asOperator } = await import('../operator/session.ts');
      if (at !== undefined) {
        const { tellHearing } = await import('../operator/hearing.ts');
        return asOperator((operator) => tellHearing(operator, { area: who, from: at, minutes }, cli));
      }
      const { lineOfPlan } = await import('../operator/plan-line.ts');
      return asOperator(async (operator) => {
        const explained = await operator.ask('explain', { who, hours, from });
        for (const line of explained.plan) cli.say(lineOfPlan(line, cli));
        if (explained.plan.length === 0) cli.tell({ en: 'nothing is planned', th: 'ไม่มีรายการในช่วงนี้' });
        cli.print(explained);
      });
    });
}

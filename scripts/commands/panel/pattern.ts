import { setTimeout as wait } from 'node:timers/promises';
import { Argument, type Command } from 'commander';
import { PATTERNS } from '../../../firmware-protocol/serial/lamps.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';
import { type ShownPattern, type TestSign, withTestSign } from '../../technician/test-sign.ts';
import { addWhichSign, type WhichOptions, whichSign } from '../../technician/which-sign.ts';

interface PatternOptions extends WhichOptions {
  at: number;
  seconds: number;
}

const MOST_SECONDS = 3_600;
const LAST_LAMP = 65_535;
const NAMES = Object.keys(PATTERNS).filter((name): name is ShownPattern => name !== 'none');

/** `prakat panel pattern`: a test picture, until Ctrl-C. */
export function registerPattern(panel: Command, cli: Cli): void {
  const command = panel
    .command('pattern')
    .description(
      cli.text({
        en: 'a test picture on the sign, which is left as it was',
        th: 'แสดงภาพทดสอบบนป้าย จบแล้วป้ายกลับเป็นเหมือนเดิม',
      }),
    )
    .addArgument(new Argument('<name>', cli.text({ en: 'what to show', th: 'ภาพที่แสดง' })).choices(NAMES));
  addWhichSign(command, cli)
    .option(
      '--at <n>',
      cli.text({ en: 'the lit column or row, from 0', th: 'แถวหรือคอลัมน์ที่ติด นับจาก 0' }),
      wholeNumber('--at', 0, LAST_LAMP),
      0,
    )
    .option(
      '--seconds <n>',
      cli.text({ en: 'how long; Ctrl-C ends it sooner', th: 'แสดงกี่วินาที กด Ctrl-C เพื่อจบก่อน' }),
      wholeNumber('--seconds', 1, MOST_SECONDS),
      30,
    )
    .action((name: ShownPattern, options: PatternOptions) => showPattern(name, options, cli));
}

async function showPattern(
  name: ShownPattern,
  { at, seconds, ...which }: PatternOptions,
  cli: Cli,
): Promise<void> {
  const shown = await withTestSign(await whichSign(which), async (sign, interrupted) => {
    checkAt(name, at, sign);
    await sign.show(name, at);
    cli.say(
      cli.text({
        en: `${name} on ${sign.width}x${sign.height} for ${seconds} s; Ctrl-C ends it`,
        th: `แสดง ${name} บนป้าย ${sign.width}x${sign.height} นาน ${seconds} วินาที กด Ctrl-C เพื่อจบ`,
      }),
    );
    await wait(seconds * 1_000, undefined, { signal: interrupted }).catch(() => {});
    const { width, height, madeBy } = sign;
    return { pattern: name, at, width, height, madeBy, interrupted: interrupted.aborted };
  });
  cli.print(shown);
}

function checkAt(name: ShownPattern, at: number, { width, height }: TestSign): void {
  const most = (name === 'row' ? height : width) - 1;
  if (at <= most) return;
  throw new Misused({ en: `--at is at most ${most} on this sign`, th: `--at ของป้ายนี้ไม่เกิน ${most}` });
}

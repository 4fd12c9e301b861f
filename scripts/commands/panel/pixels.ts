import type { Command } from 'commander';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';
import { placeWords } from '../../technician/lamp-faults.ts';
import { type LampTestResult, testLamps } from '../../technician/lamp-test.ts';
import { type Answerer, answersOf, askedAt, nobodyAnswers } from '../../technician/lamp-test-answers.ts';
import { withTestSign } from '../../technician/test-sign.ts';
import { addWhichSign, type WhichOptions, whichSign } from '../../technician/which-sign.ts';

interface PixelsOptions extends WhichOptions {
  yes?: boolean;
  answers?: string;
  module: string;
  lineMs: number;
  seconds: number;
}

/** Lamps of the module that most signs in the field are made of. */
const P10 = '32x16';

/** `prakat panel pixels`: a test of every lamp that a person can follow. */
export function registerPixels(panel: Command, cli: Cli): void {
  const command = panel.command('pixels').description(
    cli.text({
      en: 'look for dead lamps, picture by picture, and write down where',
      th: 'ตรวจหาดวงไฟเสียทีละภาพ และจดตำแหน่ง',
    }),
  );
  addWhichSign(command, cli)
    .option(
      '--yes',
      cli.text({ en: 'nobody looks: show every picture, ask nothing', th: 'ไม่ถาม แสดงทุกภาพให้จบ' }),
    )
    .option(
      '--answers <file>',
      cli.text({
        en: 'answers in a file: {"red": "module 3; row 12"}',
        th: 'คำตอบจากไฟล์: {"red": "module 3; row 12"}',
      }),
    )
    .option(
      '--module <WxH>',
      cli.text({ en: 'lamps of one module, where the board does not say', th: 'ขนาดโมดูล หากบอร์ดไม่บอก' }),
      P10,
    )
    .option(
      '--seconds <n>',
      cli.text({ en: 'how long each picture stands with --yes', th: 'แต่ละภาพแสดงกี่วินาที เมื่อใช้ --yes' }),
      wholeNumber('--seconds', 0, 600),
      3,
    )
    .option(
      '--line-ms <n>',
      cli.text({ en: 'how long each column or row is lit', th: 'คอลัมน์หรือแถวติดกี่มิลลิวินาที' }),
      wholeNumber('--line-ms', 1, 10_000),
      50,
    )
    .action((options: PixelsOptions) => testPixels(options, cli));
}

async function testPixels(options: PixelsOptions, cli: Cli): Promise<void> {
  const { module, lineMs } = options;
  const sign = await whichSign(options);
  const size = sizeOf(module);
  const answer = await answererOf(options, cli);
  const result = await withTestSign(sign, async (tested, interrupted) => ({
    sign: { width: tested.width, height: tested.height, madeBy: tested.madeBy, modules: tested.modules },
    ...(await testLamps(tested, {
      answer,
      lineMs,
      module: size,
      interrupted,
      onStep: ({ pattern, lookFor }, number, of) =>
        cli.say(`${number}/${of} ${pattern}: ${cli.text(lookFor)}`),
    })),
  }));
  tellResult(result, result.sign.modules?.broken ?? [], cli);
  cli.print(result);
}

async function answererOf({ yes, answers, seconds }: PixelsOptions, cli: Cli): Promise<Answerer> {
  if (answers !== undefined) return await answersOf(answers);
  return yes ? nobodyAnswers(seconds * 1_000) : await askedAt(cli);
}

function tellResult({ whole, looked, faults }: LampTestResult, broken: number[], cli: Cli): void {
  for (const { place, seen, likely } of faults)
    cli.say(`${cli.text(placeWords(place))} (${seen.join(', ')}): ${cli.text(likely)}`);
  if (broken.length > 0)
    cli.tell({
      en: `the board itself names modules ${broken.join(', ')} as broken`,
      th: `บอร์ดแจ้งว่าโมดูล ${broken.join(', ')} เสีย`,
    });
  const early = whole ? '' : cli.text({ en: ' (ended early)', th: ' (หยุดก่อนจบ)' });
  cli.say(
    cli.text({
      en: `${looked.length} pictures looked at, ${faults.length} faulty places${early}`,
      th: `ดูแล้ว ${looked.length} ภาพ พบจุดเสีย ${faults.length} จุด${early}`,
    }),
  );
}

/** `32x16`. Throws Misused. */
function sizeOf(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (Number(width) > 0 && Number(height) > 0) return { width: Number(width), height: Number(height) };
  throw new Misused({
    en: `--module is width x height in lamps, such as ${P10}`,
    th: `--module คือกว้าง x สูงเป็นจำนวนดวง เช่น ${P10}`,
  });
}

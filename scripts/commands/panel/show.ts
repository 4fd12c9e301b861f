import type { Command } from 'commander';
import { wholeNumber } from '../../cli/whole-number.ts';
import type { Cli } from '../../cli.ts';

interface Options {
  out?: string;
  scale: number;
}

const LARGEST_SCALE = 32;

/** `prakat panel show`: the picture of a hall's sign as it is now, asked through the server. */
export function registerShow(panel: Command, cli: Cli): void {
  panel
    .command('show')
    .description(
      cli.text({
        en: 'what the sign of a hall shows now, as PNG; asked through the server',
        th: 'ภาพที่ป้ายของหอแสดงอยู่ขณะนี้ เป็น PNG โดยขอผ่านเซิร์ฟเวอร์',
      }),
    )
    .argument('<device>', cli.text({ en: 'the hall', th: 'รหัสหอ' }))
    .option('-o, --out <file>', cli.text({ en: 'otherwise <device>.png', th: 'ปกติคือ <device>.png' }))
    .option(
      '--scale <n>',
      cli.text({ en: 'each lamp as a square of n pixels', th: 'หนึ่งดวงไฟเป็นกี่พิกเซลต่อด้าน' }),
      wholeNumber('--scale', 1, LARGEST_SCALE),
      1,
    )
    .action((device: string, options: Options) => show(device, options, cli));
}

async function show(device: string, { out = `${device}.png`, scale }: Options, cli: Cli): Promise<void> {
  const [{ asOperator }, { beside, writePng }, { wordsOfScreen }] = await Promise.all([
    import('../../operator/session.ts'),
    import('../../operator/sign-files.ts'),
    import('../../operator/screen-words.ts'),
  ]);
  await asOperator(async (operator) => {
    const { heard_at, screen } = await operator.ask('screen', { device });
    const { png, running, ...facts } = screen;
    if (png !== undefined) await writePng(out, png, scale);
    const strip = running?.png === undefined ? undefined : beside(out, 'marquee');
    if (running?.png !== undefined && strip !== undefined) await writePng(strip, running.png, scale);
    cli.say(strip === undefined ? out : `${out}  ${strip}`);
    for (const line of wordsOfScreen(screen, cli.lang)) cli.say(`  ${line}`);
    const { png: _, ...run } = running ?? {};
    cli.print({
      ...{ device, heard_at, png: out, ...facts },
      ...(running && { running: { ...run, ...(strip && { png: strip }) } }),
    });
  });
}

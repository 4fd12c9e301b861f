import { type Command, Option } from 'commander';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Failed } from '../../cli.ts';
import { deviceFailure } from '../../operator/device-failure.ts';
import { writeScreens } from './render-files.ts';
import { type RenderOptions, readRequest } from './render-request.ts';

const LARGEST_SCALE = 32;

/** `prakat panel render`: what a sign will show, without a sign. The painter's program is `childPath()`. */
export function registerRender(panel: Command, cli: Cli, childPath: () => string): void {
  const command = panel.command('render').description(
    cli.text({
      en: 'the very pixels that a page sends to a sign, as PNG',
      th: 'ภาพตรงตามที่ส่งไปยังป้าย เป็น PNG',
    }),
  );
  addContentOptions(command, cli);
  addSignOptions(command, cli);
  addFileOptions(command, cli);
  command.action((options: RenderOptions) => render(options, cli, childPath()));
}

function addContentOptions(command: Command, cli: Cli): void {
  command
    .option(
      '--text <text>',
      cli.text({ en: 'what the page says; \\n breaks the line', th: 'ข้อความ ใช้ \\n ขึ้นบรรทัดใหม่' }),
    )
    .option('--title <title>', cli.text({ en: 'its head', th: 'หัวเรื่อง' }))
    .option(
      '--hotline <hotline>',
      cli.text({ en: 'a number to call, kept on one line', th: 'เบอร์โทร อยู่บรรทัดเดียวกัน' }),
    )
    .option('--picture <file>', cli.text({ en: 'a PNG, JPEG or GIF', th: 'ภาพ PNG, JPEG หรือ GIF' }))
    .option('--qr <text>', cli.text({ en: 'as a QR code', th: 'ข้อความหรือลิงก์ แสดงเป็นคิวอาร์โค้ด' }))
    .addOption(
      new Option('--band <band>', cli.text({ en: 'priority, for the colours', th: 'ระดับความสำคัญ มีผลต่อสี' }))
        .choices(['90', '80', '70', '60', '50', '40', '20', '0'])
        .default('40'),
    )
    .option(
      '--seconds <n>',
      cli.text({ en: 'how long the page stands', th: 'แสดงนานกี่วินาที' }),
      wholeNumber('--seconds', 2, 300),
      10,
    )
    .option(
      '--clock [local time]',
      cli.text({
        en: 'the idle page instead, at a time such as 2026-11-13T18:30:00',
        th: 'หน้าจอนาฬิกาแทน ระบุเวลาได้ เช่น 2026-11-13T18:30:00',
      }),
    )
    .option('--place <name>', cli.text({ en: 'the village on the idle page', th: 'ชื่อหมู่บ้านบนหน้าจอนาฬิกา' }));
}

function addSignOptions(command: Command, cli: Cli): void {
  command
    .option('--size <WxH>', cli.text({ en: 'lamps of the sign', th: 'จำนวนดวงไฟของป้าย' }), '128x64')
    .addOption(
      new Option('--depth <depth>', cli.text({ en: 'what its lamps show', th: 'สีที่ดวงไฟแสดงได้' }))
        .choices(['rgb565', 'rgb111', 'mono'])
        .default('rgb565'),
    )
    .addOption(
      new Option(
        '--rotate <degrees>',
        cli.text({
          en: 'how the sign hangs, clockwise; the picture is as its own rows take it',
          th: 'ป้ายแขวนหมุนตามเข็มกี่องศา ภาพที่ได้เรียงตามแถวของป้ายเอง',
        }),
      )
        .choices(['0', '90', '180', '270'])
        .default('0'),
    )
    .option('--marquee', cli.text({ en: 'the sign can scroll a strip by itself', th: 'ป้ายเลื่อนข้อความเองได้' }));
}

function addFileOptions(command: Command, cli: Cli): void {
  command
    .option(
      '--scale <n>',
      cli.text({ en: 'each lamp as a square of n pixels', th: 'หนึ่งดวงไฟเป็นกี่พิกเซลต่อด้าน' }),
      wholeNumber('--scale', 1, LARGEST_SCALE),
      1,
    )
    .option(
      '--png <file>',
      cli.text({
        en: 'the first screen; the others are file-2.png, …, the strip of a marquee file-marquee.png',
        th: 'ไฟล์ภาพแรก ภาพต่อไปคือ file-2.png, … แถบเลื่อนคือ file-marquee.png',
      }),
      'page.png',
    )
    .option(
      '--preview <gif>',
      cli.text({ en: 'all of it moving, as an animated GIF', th: 'ตัวอย่างเคลื่อนไหวทั้งหมด เป็น GIF' }),
    );
}

async function render(options: RenderOptions, cli: Cli, childPath: string): Promise<void> {
  const { request, turns } = await readRequest(options);
  const painter = new ChildTextPainter({ childPath });
  try {
    const painted = await painter.paint(request);
    const document = await writeScreens(painted, { ...options, turns }, cli);
    cli.print(document);
  } catch (error) {
    throw atOption(error) ?? deviceFailure(error);
  } finally {
    painter.close();
  }
}

/** Where on the command line the fault of a page lies. */
const OPTIONS = { 'picture-undecodable': '--picture', 'qr-unfit': '--qr' } as const;

function atOption(error: unknown): Failed | undefined {
  for (const code of ['picture-undecodable', 'qr-unfit'] as const) {
    if (!isDeviceError(error, code)) continue;
    const failed = deviceFailure(error);
    if (!(failed instanceof Failed)) return undefined;
    const faults = [{ path: OPTIONS[code], code, ...failed.words }];
    return new Failed(failed.words, { code, faults });
  }
  return undefined;
}

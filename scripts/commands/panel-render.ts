import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type BoardPage, boardPage } from '../../device/board/board-pixels.ts';
import { ChildTextPainter } from '../../device/drivers/text-painter.ts';
import { pngOf } from '../../device/panel/picture/png.ts';
import type { Bitmap } from '../../device/sign-ports.ts';
import { Page } from '../../firmware-protocol/content/announcement.ts';
import { Band } from '../../firmware-protocol/content/band.ts';
import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { faultsOf } from '../../server/faults/zod-faults.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { type Cli, Failed, Misused } from '../cli.ts';
import { deviceFailure } from '../operator/device-failure.ts';

interface RenderOptions {
  text: string;
  title?: string;
  hotline?: string;
  size: string;
  png: string;
  band: string;
  seconds: number;
  scale: number;
}

/** Wider and higher than any sign met in the field. */
const LARGEST_SIGN = { width: 1024, height: 512 } as const;
const LARGEST_SCALE = 32;

/** `prakat panel render`: what a sign will show, without a sign. The painter's program is `childPath()`. */
export function registerRender(panel: Command, cli: Cli, childPath: () => string): void {
  panel
    .command('render')
    .description(
      cli.text({
        en: 'the very pixels that a page sends to a sign, as PNG',
        th: 'ภาพตรงตามที่ส่งไปยังป้าย เป็น PNG',
      }),
    )
    .requiredOption(
      '--text <text>',
      cli.text({ en: 'what the page says; \\n breaks the line', th: 'ข้อความ ใช้ \\n ขึ้นบรรทัดใหม่' }),
    )
    .option('--title <title>', cli.text({ en: 'its head', th: 'หัวเรื่อง' }))
    .option(
      '--hotline <hotline>',
      cli.text({ en: 'a number to call, kept on one line', th: 'เบอร์โทร อยู่บรรทัดเดียวกัน' }),
    )
    .option('--size <WxH>', cli.text({ en: 'lamps of the sign', th: 'จำนวนดวงไฟของป้าย' }), '128x64')
    .addOption(
      new Option('--band <band>', cli.text({ en: 'priority, for the colours', th: 'ระดับความสำคัญ มีผลต่อสี' }))
        .choices(['90', '80', '70', '60', '50', '40', '20', '0'])
        .default('40'),
    )
    .option(
      '--seconds <n>',
      cli.text({ en: 'how long the page stands', th: 'แสดงนานกี่วินาที' }),
      wholeNumber('--seconds', 1, 3_600),
      10,
    )
    .option(
      '--scale <n>',
      cli.text({ en: 'each lamp as a square of n pixels', th: 'หนึ่งดวงไฟเป็นกี่พิกเซลต่อด้าน' }),
      wholeNumber('--scale', 1, LARGEST_SCALE),
      1,
    )
    .option(
      '--png <file>',
      cli.text({
        en: 'the first screen; the others are file-2.png, …',
        th: 'ไฟล์ภาพแรก ภาพต่อไปคือ file-2.png, …',
      }),
      'page.png',
    )
    .action((options: RenderOptions) => render(options, cli, childPath()));
}

async function render(options: RenderOptions, cli: Cli, childPath: string): Promise<void> {
  const page = readPage(options);
  const size = readSize(options.size);
  const band = Band.parse(Number(options.band));

  const painter = new ChildTextPainter({ childPath });
  try {
    const painted = await painter.paint({
      ...size,
      depth: 'rgb565',
      marquee: false,
      content: { type: 'page', page, band },
    });
    const screens: { png: string; ms: number; crc: string }[] = [];
    for (const { bitmap, ms } of painted) {
      const sent = boardPage(bitmap);
      const png = numbered(options.png, screens.length);
      await write(png, pngOf(asLamps(sent), options.scale));
      screens.push({ png, ms, crc: crcHex(crc32(sent.pixels)) });
    }
    const s = cli.text({ en: 's', th: 'วินาที' });
    for (const { png, ms, crc } of screens) cli.say(`${png}  ${(ms / 1000).toFixed(1)} ${s}  crc ${crc}`);
    cli.print({ ...size, screens });
  } catch (error) {
    throw deviceFailure(error);
  } finally {
    painter.close();
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((cause: unknown) => {
    throw new Failed({ en: `cannot write ${path}`, th: `เขียนไฟล์ ${path} ไม่ได้` }, { code: 'no-file', cause });
  });
}

function readPage({ text, title, hotline, seconds }: RenderOptions): Page {
  const said = {
    text: text.replaceAll('\\n', '\n'),
    seconds,
    ...(title && { title }),
    ...(hotline && { hotline }),
  };
  const page = Page.safeParse(said);
  if (page.success) return page.data;
  const [fault] = faultsOf(page.error, said);
  throw new Misused({ en: `--${fault?.path}: ${fault?.en}`, th: `--${fault?.path}: ${fault?.th}` });
}

function readSize(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const fits =
    size.width >= 16 &&
    size.height >= 16 &&
    size.width <= LARGEST_SIGN.width &&
    size.height <= LARGEST_SIGN.height;
  if (fits) return size;
  const most = `${LARGEST_SIGN.width}x${LARGEST_SIGN.height}`;
  throw new Misused({
    en: `--size is WIDTHxHEIGHT, from 16x16 to ${most}`,
    th: `--size เขียนแบบ กว้างxสูง ตั้งแต่ 16x16 ถึง ${most}`,
  });
}

function numbered(file: string, index: number): string {
  return index === 0 ? file : file.replace(/(\.[^./]*)?$/, (ending) => `-${index + 1}${ending}`);
}

/** RGB565 as it shines: the low bits repeat the high ones, so that full stays full. */
function asLamps({ width, height, pixels }: BoardPage): Bitmap {
  const rgb = new Uint8Array(width * height * 3);
  for (let lamp = 0; lamp < width * height; lamp++) {
    const [high = 0, low = 0] = pixels.subarray(2 * lamp, 2 * lamp + 2);
    const [red, green, blue] = [high >>> 3, ((high & 7) << 3) | (low >>> 5), low & 0x1f];
    rgb.set([(red << 3) | (red >>> 2), (green << 2) | (green >>> 4), (blue << 3) | (blue >>> 2)], 3 * lamp);
  }
  return { width, height, rgb };
}

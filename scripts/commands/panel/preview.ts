import { type Command, Option } from 'commander';
import type { PreviewAnswer } from '../../../firmware-protocol/mqtt/sign-requests.ts';
import type { SignFace } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';

interface Options {
  to?: string[];
  size?: string[];
  text?: string;
  title?: string;
  hotline?: string;
  picture?: string;
  qr?: string;
  kind?: string;
  out: string;
  scale: number;
}

const LARGEST_SCALE = 32;

/** `prakat panel preview`: what a push would show on the very signs of the halls it is meant for. */
export function registerPreview(panel: Command, cli: Cli): void {
  panel
    .command('preview')
    .description(
      cli.text({
        en: 'what a push would show on the signs of the halls, as PNG; nothing is sent to them',
        th: 'ภาพที่ป้ายของหอจะแสดงหากประกาศ เป็น PNG โดยยังไม่ส่งไปยังหอ',
      }),
    )
    .option('--to <area...>', cli.text({ en: 'for the signs of these halls', th: 'สำหรับป้ายของหอเหล่านี้' }))
    .option('--size <WxH...>', cli.text({ en: 'for signs of these sizes', th: 'สำหรับป้ายขนาดเหล่านี้' }))
    .option('--text <text>', cli.text({ en: 'what the sign shows', th: 'ข้อความบนป้าย' }))
    .option('--title <title>', cli.text({ en: 'its head', th: 'หัวเรื่อง' }))
    .option('--hotline <line>', cli.text({ en: 'kept on one line', th: 'อยู่บรรทัดเดียวกัน' }))
    .option('--picture <file>', cli.text({ en: 'a PNG, JPEG or GIF', th: 'ภาพ PNG, JPEG หรือ GIF' }))
    .option('--qr <text>', cli.text({ en: 'as a QR code', th: 'ข้อความหรือลิงก์ แสดงเป็นคิวอาร์โค้ด' }))
    .addOption(
      new Option('--kind <kind>', cli.text({ en: 'for the colours', th: 'มีผลต่อสี' })).choices([
        'announce',
        'alert',
        'test',
      ]),
    )
    .option(
      '-o, --out <name>',
      cli.text({ en: 'files are name-128x64-1.png, …', th: 'ไฟล์คือ name-128x64-1.png, …' }),
      'preview',
    )
    .option(
      '--scale <n>',
      cli.text({ en: 'each lamp as a square of n pixels', th: 'หนึ่งดวงไฟเป็นกี่พิกเซลต่อด้าน' }),
      wholeNumber('--scale', 1, LARGEST_SCALE),
      1,
    )
    .action((options: Options) => preview(options, cli));
}

async function preview({ size, out, scale, picture, ...said }: Options, cli: Cli): Promise<void> {
  const faces = size?.map(faceOf);
  const { asOperator } = await import('../../operator/session.ts');
  await asOperator(async (operator, profile) => {
    const { uploadPicture } = await import('../../operator/upload.ts');
    const uploaded = picture === undefined ? undefined : (await uploadPicture(profile, picture)).sha256;
    const { signs, halls } = await operator.ask('preview', { ...said, faces, picture: uploaded });
    const written = [];
    for (const sign of signs) written.push(await writeSign(sign, { out, scale }, cli));
    if (halls !== undefined) tellHalls(halls, cli);
    cli.print({ signs: written, ...(halls && { halls }) });
  });
}

type Sign = PreviewAnswer['signs'][number];

async function writeSign(
  { face, halls, pages }: Sign,
  { out, scale }: Pick<Options, 'out' | 'scale'>,
  cli: Cli,
): Promise<object> {
  const { writePng } = await import('../../operator/sign-files.ts');
  const name = `${out}-${face.width}x${face.height}`;
  const files: string[] = [];
  for (const { pictures, screens, faults } of pages) {
    const first = files.length;
    for (const png of pictures) {
      const file = `${name}-${files.length + 1}.png`;
      await writePng(file, png, scale);
      files.push(file);
    }
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} ${cli.text({ en: 's', th: 'วินาที' })}`;
    for (const { picture, ms } of screens) cli.say(`${files[first + picture]}  ${seconds(ms)}`);
    for (const fault of faults) cli.say(`  ! ${fault[cli.lang]}`);
  }
  return {
    face,
    ...(halls !== undefined && { halls }),
    files,
    pages: pages.map(({ pictures: _, ...page }) => page),
  };
}

function tellHalls(
  { painted, others, without, untold }: NonNullable<PreviewAnswer['halls']>,
  cli: Cli,
): void {
  cli.tell({
    en: `halls with these signs: ${painted}; with others: ${others}; without a sign: ${without}; not told yet: ${untold}`,
    th: `หอที่มีป้ายแบบนี้ ${painted} แห่ง แบบอื่น ${others} แห่ง ไม่มีป้าย ${without} แห่ง ยังไม่แจ้ง ${untold} แห่ง`,
  });
}

/** `128x64`. Throws Misused. */
function faceOf(text: string): SignFace {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  if (width !== undefined && height !== undefined)
    return { width: Number(width), height: Number(height), depth: 'rgb565', marquee: false };
  throw new Misused({
    en: '--size is WIDTHxHEIGHT, such as 128x64',
    th: '--size เขียนแบบ กว้างxสูง เช่น 128x64',
  });
}

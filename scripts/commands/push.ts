import { type Command, Option } from 'commander';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { type Cli, Misused } from '../cli.ts';
import type { Profile } from '../operator/profile.ts';

interface PushOptions {
  to: string[];
  text?: string;
  title?: string;
  hotline?: string;
  picture?: string;
  qr?: string;
  say?: string;
  audio?: string[];
  media?: string[];
  chime?: string;
  times?: number;
  kind?: string;
  at?: string;
  expiresInS?: number;
  plan?: true;
  order?: string;
  follow: boolean;
}

const EXAMPLES = `
  prakat push --to 43 --text "น้ำท่วม โปรดระวัง" --chime alert --kind alert
  prakat push --to 43010101 device/hall-two --audio meeting.mp3 --title "ประชุมหมู่บ้าน"
  prakat push --to 4301 --text "ฉีดวัคซีนฟรี วันพุธนี้" --picture poster.jpg --qr https://ddc.moph.go.th`;

/** `prakat push`: says something now, or at an instant. */
export function register(program: Command, cli: Cli): void {
  program
    .command('push')
    .requiredOption(
      '--to <area...>',
      cli.text({
        en: 'area codes (th, "43", "43010102"), device/<id> or group/<id>',
        th: 'รหัสพื้นที่ (th, "43", "43010102") device/<รหัสหอ> หรือ group/<รหัสกลุ่ม>',
      }),
    )
    .option(
      '--text <text>',
      cli.text({
        en: 'what the sign shows; - reads it from standard input',
        th: 'ข้อความบนป้าย ใช้ - เพื่ออ่านจาก stdin',
      }),
    )
    .option('--title <title>', cli.text({ en: 'its head, and the name in lists', th: 'หัวเรื่อง' }))
    .option('--hotline <line>', cli.text({ en: 'kept on one line', th: 'อยู่บรรทัดเดียวกัน เช่น "สายด่วน 1441"' }))
    .option(
      '--picture <file>',
      cli.text({
        en: 'a PNG, JPEG or GIF beside the text; uploaded and prepared first',
        th: 'ภาพ PNG, JPEG หรือ GIF คู่กับข้อความ ส่งและเตรียมก่อน',
      }),
    )
    .option(
      '--qr <text>',
      cli.text({ en: 'beside the text as a QR code', th: 'ข้อความหรือลิงก์ แสดงเป็นคิวอาร์โค้ดคู่กับข้อความ' }),
    )
    .option(
      '--say <text>',
      cli.text({
        en: "what the tower says, by the server's voice; - says the text of --text",
        th: 'ข้อความที่หอพูดด้วยเสียงของเซิร์ฟเวอร์ ใช้ - เพื่อพูดตาม --text',
      }),
    )
    .option(
      '--audio <file...>',
      cli.text({ en: 'sound; uploaded and prepared first', th: 'ไฟล์เสียง ส่งและเตรียมก่อน' }),
    )
    .option('--media <sha256...>', cli.text({ en: 'sound already in the library', th: 'เสียงที่มีในคลังแล้ว' }))
    .addOption(
      new Option('--chime <name>', cli.text({ en: 'tone before it', th: 'เสียงสัญญาณนำ' })).choices([
        'ding',
        'attention',
        'alert',
        'none',
      ]),
    )
    .option(
      '--times <n>',
      cli.text({ en: 'how often the sound is said', th: 'พูดกี่รอบ' }),
      wholeNumber('--times', 1, 10),
    )
    .addOption(
      new Option(
        '--kind <kind>',
        cli.text({
          en: 'announce (the usual one), alert: life-safety, test',
          th: 'announce ประกาศ (ปกติ) alert เตือนภัยถึงชีวิต test ทดสอบ',
        }),
      ).choices(['announce', 'alert', 'test']),
    )
    .option(
      '--at <instant>',
      cli.text({
        en: 'start then instead of now: 2026-11-13T18:30:00+07:00',
        th: 'เริ่มเวลานี้แทนทันที เขียนแบบ 2026-11-13T18:30:00+07:00',
      }),
    )
    .option(
      '--expires-in-s <seconds>',
      cli.text({ en: 'how long it waits for a hall that is away', th: 'รอหอที่ติดต่อไม่ได้นานกี่วินาที' }),
      wholeNumber('--expires-in-s', 10, 86_400),
    )
    .option(
      '--plan',
      cli.text({
        en: 'send nothing: tell how many halls, how long, what it meets',
        th: 'ยังไม่ส่ง แสดงจำนวนหอ ความยาว และรายการที่ชนกันก่อน',
      }),
    )
    .option(
      '--order <id>',
      cli.text({
        en: 'the id that it shall have; sent again under the same id it is announced once',
        th: 'รหัสของคำสั่งนี้ ส่งซ้ำด้วยรหัสเดิมจะประกาศเพียงครั้งเดียว',
      }),
    )
    .option('--no-follow', cli.text({ en: 'do not wait for the halls', th: 'ไม่รอผลจากหอ' }))
    .addHelpText('after', `\n${cli.text({ en: 'Examples:', th: 'ตัวอย่าง:' })}${EXAMPLES}`)
    .action((options: PushOptions) => push(options, cli));
}

async function push(options: PushOptions, cli: Cli): Promise<void> {
  const { to, order, text, title, hotline, chime, kind, times } = options;
  if (
    text === undefined &&
    options.say === undefined &&
    options.audio === undefined &&
    options.media === undefined
  )
    throw new Misused({
      en: 'push needs --text, --say, --audio or --media',
      th: 'ต้องระบุ --text, --say, --audio หรือ --media',
    });
  if (options.say === '-' && (text === undefined || text === '-'))
    throw new Misused({ en: '--say - needs --text with words', th: '--say - ต้องใช้คู่กับข้อความใน --text' });
  for (const name of ['picture', 'qr'] as const)
    if (options[name] !== undefined && text === undefined)
      throw new Misused({ en: `--${name} needs --text`, th: `--${name} ต้องใช้คู่กับ --text` });
  const { asOperator } = await import('../operator/session.ts');
  const { conclude, followOrder } = await import('../operator/follow.ts');
  const { interruptible } = await import('../operator/interrupt.ts');
  const { pushNamed } = await import('../operator/named-push.ts');
  await asOperator(async (operator, profile) => {
    const media = [...(options.media ?? []), ...(await uploaded(options.audio ?? [], profile, cli))];
    const picture = options.picture && (await uploadedPicture(options.picture, profile, cli));
    const wanted = {
      ...{ to, order, text: text === '-' ? await typedText() : text, title, hotline, chime, kind, times },
      picture: picture || undefined,
      qr: options.qr,
      start_at: options.at,
      expires_in_s: options.expiresInS,
      say: options.say === '-' ? text : options.say,
      media: media.length > 0 ? media : undefined,
    };
    if (options.plan) return tellPlan(await operator.ask('plan', wanted), cli);
    if (profile.training) cli.tell({ en: 'TRAINING: no village hears this', th: 'ฝึกซ้อม: ไม่มีหมู่บ้านใดได้ยิน' });
    const pushed = await pushNamed(operator, profile, wanted, options.picture, cli);
    await tellPushed(pushed, cli);
    if (!options.follow || pushed.waits !== undefined) return cli.print(pushed);
    await interruptible(async (interrupted) =>
      conclude(await followOrder(operator, pushed.order, cli, interrupted), cli),
    );
  });
}

/** A long text does not fit on a command line. */
async function typedText(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return (await text(process.stdin)).trimEnd();
}

/** The hashes of sound files, after the server prepared them. */
async function uploaded(files: string[], profile: Profile, cli: Cli): Promise<string[]> {
  const { upload } = await import('../operator/upload.ts');
  const hashes: string[] = [];
  for (const file of files) {
    const what = cli.text({ en: `preparing ${file}`, th: `กำลังเตรียมเสียง ${file}` });
    cli.progress(what, 0);
    const { sha256, ms, loudness_clufs } = await upload(profile, file, (share) => cli.progress(what, share));
    const [seconds, lufs] = [(ms / 1_000).toFixed(1), (loudness_clufs / 100).toFixed(1)];
    cli.tell({
      en: `${file} is ready: ${seconds} s, ${lufs} LUFS`,
      th: `${file} พร้อมแล้ว: ${seconds} วินาที ${lufs} LUFS`,
    });
    hashes.push(sha256);
  }
  return hashes;
}

/** The hash of a picture, after the server prepared it. */
async function uploadedPicture(file: string, profile: Profile, cli: Cli): Promise<string> {
  const { uploadPicture } = await import('../operator/upload.ts');
  const { sha256, width, height, frames, bytes } = await uploadPicture(profile, file);
  const kib = Math.ceil(bytes / 1_024);
  cli.tell({
    en: `${file} is ready: ${width} x ${height}${frames > 1 ? `, ${frames} frames` : ''}, ${kib} KB`,
    th: `${file} พร้อมแล้ว: ${width} x ${height}${frames > 1 ? ` ${frames} เฟรม` : ''} ${kib} KB`,
  });
  return sha256;
}

async function tellPlan(plan: AnswerTo<'plan'>, cli: Cli): Promise<void> {
  const { planWords } = await import('../operator/plan-words.ts');
  for (const line of planWords(plan, cli.lang)) cli.say(line);
  cli.print(plan);
}

async function tellPushed({ order, devices, waits }: AnswerTo<'push'>, cli: Cli): Promise<void> {
  if (waits !== undefined) return tellWaits(order, waits, cli);
  const s = devices === 1 ? '' : 's';
  cli.tell({ en: `order ${order} for ${devices} hall${s}`, th: `คำสั่ง ${order} ถึง ${devices} หอ` });
}

async function tellWaits(
  order: string,
  waits: NonNullable<AnswerTo<'push'>['waits']>,
  cli: Cli,
): Promise<void> {
  const { waitWords } = await import('../operator/held-words.ts');
  cli.tell(waitWords(order, waits));
}

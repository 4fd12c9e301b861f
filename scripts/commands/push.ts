import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Misused } from '../cli.ts';
import { followOrder } from '../operator/follow.ts';
import { asOperator } from '../operator/session.ts';
import { upload } from '../operator/upload.ts';

interface PushOptions {
  to: string[];
  text?: string;
  title?: string;
  hotline?: string;
  audio?: string[];
  media?: string[];
  chime?: 'ding' | 'attention' | 'alert' | 'none';
  times?: string;
  kind?: 'announce' | 'alert' | 'test';
  at?: string;
  expiresInS?: string;
  follow: boolean;
}

/** `prakat push`: says something now, or at an instant. */
export function register(program: Command, cli: Cli): void {
  program
    .command('push')
    .description('announce by tower and sign / ประกาศออกหอกระจายข่าวและป้าย')
    .requiredOption('--to <area...>', 'area codes ("43", "43010102") or device/<id>')
    .option('--text <text>', 'what the sign shows')
    .option('--title <title>')
    .option('--hotline <line>', 'kept on one line: "สายด่วน 1441"')
    .option('--audio <file...>', 'sound files; uploaded and prepared first')
    .option('--media <sha256...>', 'sound already in the library')
    .option('--chime <name>', 'ding, attention, alert or none')
    .option('--times <n>', 'how often the sound is said')
    .option('--kind <kind>', 'announce, alert or test')
    .option('--at <instant>', 'start then (RFC 3339) instead of now')
    .option('--expires-in-s <seconds>', 'how long it waits for a device that is away')
    .option('--no-follow', 'do not wait for the devices')
    .action((options: PushOptions) => push(options, cli));
}

async function push(options: PushOptions, cli: Cli): Promise<void> {
  if (options.text === undefined && options.audio === undefined && options.media === undefined)
    throw new Misused('push needs --text, --audio or --media');
  await asOperator(async (operator, profile) => {
    const media = [...(options.media ?? [])];
    for (const file of options.audio ?? []) {
      cli.tell({ en: `preparing ${file} …`, th: `กำลังเตรียมเสียง ${file} …` });
      media.push((await upload(profile, file)).sha256);
    }
    const pushed = await operator.ask('push', {
      to: options.to,
      ...given({ text: options.text, title: options.title, hotline: options.hotline, chime: options.chime }),
      ...given({ kind: options.kind, start_at: options.at }),
      ...given({ times: numberOf('--times', options.times) }),
      ...given({ expires_in_s: numberOf('--expires-in-s', options.expiresInS) }),
      ...(media.length > 0 ? { media } : {}),
    });
    cli.tell({
      en: `order ${pushed.order} for ${pushed.devices} devices`,
      th: `คำสั่ง ${pushed.order} ถึง ${pushed.devices} หอ`,
    });
    cli.print(options.follow ? await followOrder(operator, pushed.order, cli) : pushed);
  });
}

/** Without the members that were not given: the request is strict. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Misused(`${option} is a whole number`);
  return value;
}

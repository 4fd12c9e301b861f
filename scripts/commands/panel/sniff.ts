import { type Command, Option } from 'commander';
import { counted } from '../../cli/counted.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';
import { interruptible } from '../../operator/interrupt.ts';
import { type Capture, fileCapture, hexBytes, lineCapture } from '../../technician/capture-source.ts';
import { checkLine } from '../../technician/line-failure.ts';
import { LINE_WORDS } from '../../technician/line-option.ts';
import { isDiscard, PROTOCOLS, snifferOf } from '../../technician/sniffer-choice.ts';

interface SniffOptions {
  line?: string;
  hex?: string;
  protocol: string;
  from?: 'host' | 'board';
  seconds: number;
  most: number;
}

const MOST_SECONDS = 86_400;
const MOST_LINES = 100_000;
const MARKS = { host: '> ', board: '< ' };

/** `prakat panel sniff`: what travels on a line, frame by frame. */
export function registerSniff(panel: Command, cli: Cli): void {
  panel
    .command('sniff [file]')
    .description(
      cli.text({
        en: 'bytes to frames by name: a live line, hex digits, a file or standard input',
        th: 'แปลไบต์บนสายเป็นชื่อเฟรม จากสายจริง เลขฐานสิบหก ไฟล์ หรือ stdin',
      }),
    )
    .option('--line <spec>', cli.text(LINE_WORDS))
    .option('--hex <digits>', cli.text({ en: 'the bytes themselves', th: 'ไบต์เป็นเลขฐานสิบหก' }))
    .addOption(
      new Option('--protocol <name>', cli.text({ en: 'what they are', th: 'โปรโตคอล' }))
        .choices(PROTOCOLS)
        .default('auto'),
    )
    .addOption(
      new Option(
        '--from <side>',
        cli.text({ en: 'who sent them, where the frames do not say', th: 'ฝ่ายที่ส่ง หากเฟรมไม่ได้บอกเอง' }),
      ).choices(['host', 'board']),
    )
    .option(
      '--seconds <n>',
      cli.text({ en: 'of a live line; Ctrl-C ends it sooner', th: 'ฟังสายจริงกี่วินาที กด Ctrl-C เพื่อจบก่อน' }),
      wholeNumber('--seconds', 1, MOST_SECONDS),
      60,
    )
    .option(
      '--most <lines>',
      cli.text({ en: 'stop after so many', th: 'หยุดเมื่อครบจำนวนบรรทัด' }),
      wholeNumber('--most', 1, MOST_LINES),
      10_000,
    )
    .action((file: string | undefined, options: SniffOptions) => sniff(file, options, cli));
}

interface SniffedLine {
  /** Since the capture began; of a live line only. */
  ms?: number;
  text: string;
}

async function sniff(file: string | undefined, options: SniffOptions, cli: Cli): Promise<void> {
  const { line, hex, protocol, from, most } = options;
  if ([file, line, hex].filter((source) => source !== undefined).length > 1)
    throw new Misused({
      en: 'one of FILE, --line and --hex',
      th: 'ระบุอย่างใดอย่างหนึ่ง: FILE, --line หรือ --hex',
    });
  const sniffer = snifferOf(protocol);
  const mark = from === undefined || protocol === 'prakat' ? '' : MARKS[from];
  const lines: SniffedLine[] = [];
  const startedAt = performance.now();
  const tell = (texts: string[]) => {
    for (const text of texts.slice(0, most - lines.length)) {
      const ms = Math.round(performance.now() - startedAt);
      const told = { ...(line === undefined ? {} : { ms }), text: mark + text };
      lines.push(told);
      cli.say(line === undefined ? told.text : `+${(ms / 1_000).toFixed(3)} ${told.text}`);
    }
  };
  let bytes = 0;
  await interruptible(async (interrupted) => {
    for await (const chunk of sourceOf(file, options, interrupted)) {
      bytes += chunk.length;
      tell(sniffer.push(chunk));
      if (lines.length >= most) break;
    }
  });
  tell(sniffer.end());
  const discards = lines.filter(({ text }) => isDiscard(text.slice(mark.length))).length;
  cli.say(
    cli.text({
      en: `${counted(bytes, 'byte')}, ${counted(lines.length, 'line')}, ${discards} of them discarded`,
      th: `${bytes} ไบต์ ${lines.length} บรรทัด ทิ้ง ${discards} บรรทัด`,
    }),
  );
  cli.print({ protocol, bytes, lines, discards });
}

function sourceOf(
  file: string | undefined,
  { line, hex, seconds }: SniffOptions,
  stop: AbortSignal,
): Capture {
  if (hex !== undefined) return once(hexBytes(hex));
  if (line === undefined) return fileCapture(file, stop);
  return lineCapture(checkLine(line), AbortSignal.any([stop, AbortSignal.timeout(seconds * 1_000)]));
}

async function* once(bytes: Uint8Array): Capture {
  yield bytes;
}

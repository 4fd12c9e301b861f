import { type Command, Option } from 'commander';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';
import type { Where } from './play.ts';

type ChimeName = 'ding' | 'attention' | 'alert' | 'none';

/** `prakat audio`: sound made ready as the server does it, and the sound of this hall by itself. */
export function register(program: Command, cli: Cli): void {
  const audio = program.command('audio');

  audio
    .command('prepare')
    .description(
      cli.text({
        en: 'make a file ready for towers: loudness, mono Opus, as the server does with an upload',
        th: 'เตรียมไฟล์เสียงสำหรับหอกระจายข่าว: ปรับความดัง เป็น Opus โมโน แบบเดียวกับเซิร์ฟเวอร์',
      }),
    )
    .argument('<in>', cli.text({ en: 'any sound file', th: 'ไฟล์เสียงต้นทาง' }))
    .argument('<out>', cli.text({ en: 'the prepared file, .opus', th: 'ไฟล์ที่เตรียมแล้ว .opus' }))
    .action(async (from: string, to: string) => {
      const { prepareAudio } = await import('./prepare.ts');
      await prepareAudio(from, to, cli);
    });

  audio
    .command('say')
    .description(
      cli.text({
        en: "make speech of a text by the server's voice, to listen to before it is pushed",
        th: 'สร้างเสียงพูดจากข้อความด้วยเสียงของเซิร์ฟเวอร์ เพื่อฟังก่อนประกาศ',
      }),
    )
    .argument('<text>', cli.text({ en: 'what is to be said', th: 'ข้อความที่จะพูด' }))
    .option('--out <file>', cli.text({ en: 'fetch it here, Ogg Opus', th: 'บันทึกเสียงไว้ที่ไฟล์นี้ (Ogg Opus)' }))
    .action(async (text: string, options: { out?: string }) => {
      const { say } = await import('./say.ts');
      await say(text, options.out, cli);
    });

  withWhere(audio.command('play'), cli)
    .description(cli.text({ en: 'play a prepared file as an announcement', th: 'เปิดไฟล์ที่เตรียมแล้วเป็นประกาศ' }))
    .argument('<file>', cli.text({ en: 'Ogg Opus', th: 'ไฟล์ Ogg Opus' }))
    .addOption(chimeOption('ding', cli))
    .action(async (file: string, options: Where & { chime: ChimeName }) => {
      const { playFile } = await import('./play.ts');
      await playFile(file, options.chime, options, cli);
    });

  withWhere(audio.command('tone'), cli)
    .description(cli.text({ en: 'sound an attention tone, no file needed', th: 'เปิดเสียงสัญญาณ โดยไม่ต้องมีไฟล์' }))
    .addOption(chimeOption('attention', cli))
    .option('--times <n>', cli.text({ en: 'how often', th: 'กี่ครั้ง' }), wholeNumber('--times', 1, 100), 1)
    .action(async (options: Where & { chime: ChimeName; times: number }) => {
      const { playTone } = await import('./play.ts');
      await playTone(options.chime, options.times, options, cli);
    });
}

function chimeOption(usual: ChimeName, cli: Cli): Option {
  const names = ['ding', 'attention', 'alert', 'none'] satisfies ChimeName[];
  return new Option('--chime <name>', cli.text({ en: 'attention tone', th: 'เสียงสัญญาณนำ' }))
    .choices(names)
    .default(usual);
}

function withWhere(command: Command, cli: Cli): Command {
  return command
    .option(
      '--device <pcm>',
      cli.text({ en: 'ALSA device, as `aplay -L` lists them', th: 'อุปกรณ์ ALSA ตามรายการของ aplay -L' }),
      'default',
    )
    .option(
      '--wav <file>',
      cli.text({ en: 'write a WAV file instead, in real time', th: 'เขียนเป็นไฟล์ WAV แทน ตามเวลาจริง' }),
    )
    .option(
      '--gain <dB>',
      cli.text({ en: 'louder or softer; never above -1 dBFS', th: 'ดังขึ้นหรือเบาลง ไม่เกิน -1 dBFS' }),
      decibels,
      0,
    );
}

function decibels(text: string): number {
  const dB = Number(text);
  if (text.trim() !== '' && Number.isFinite(dB) && Math.abs(dB) <= 40) return dB;
  throw new Misused({ en: '--gain is decibels from -40 to 40', th: '--gain ต้องเป็นเดซิเบลตั้งแต่ -40 ถึง 40' });
}

import type { Command } from 'commander';
import { updateBoard } from '../../../device/board/board-update.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { type Cli, Failed } from '../../cli.ts';
import { imageOf, updateFailure } from '../../technician/firmware-files.ts';
import { LINE_WORDS } from '../../technician/line-option.ts';
import { withBoard } from '../../technician/open-board.ts';

interface UpdateOptions {
  line: string;
  image: string;
  manifest: string;
}

/** `prakat panel update`: new firmware for the board, going on where an earlier try stopped. */
export function registerUpdate(panel: Command, cli: Cli): void {
  panel
    .command('update')
    .description(
      cli.text({
        en: 'new firmware for the board; ended early, it goes on next time',
        th: 'อัปเดตเฟิร์มแวร์ของบอร์ด หากหยุดกลางคัน ครั้งหน้าทำต่อ',
      }),
    )
    .requiredOption('--line <spec>', cli.text(LINE_WORDS))
    .requiredOption('--image <file>', cli.text({ en: 'the firmware', th: 'ไฟล์เฟิร์มแวร์' }))
    .requiredOption(
      '--manifest <file>',
      cli.text({
        en: 'what its maker signed, from `panel sign-image`',
        th: 'ใบกำกับจากผู้ผลิต ได้จาก panel sign-image',
      }),
    )
    .action((options: UpdateOptions) => update(options, cli));
}

async function update({ line, image, manifest }: UpdateOptions, cli: Cli): Promise<void> {
  const signed = await imageOf(image, manifest);
  const what = cli.text({ en: 'sending the firmware', th: 'กำลังส่งเฟิร์มแวร์' });
  const running = await withBoard(line, ({ link, interrupted }) => {
    const onProgress = (at: { received: number; bytes: number }) =>
      cli.progress(what, at.received / at.bytes);
    const done = updateBoard(signed, { link, clock: systemClock, onProgress }).catch((error: unknown) => {
      throw updateFailure(error);
    });
    return Promise.race([done, endedBy(interrupted)]);
  });
  cli.tell({ en: `the board runs version ${running}`, th: `บอร์ดใช้เฟิร์มแวร์รุ่น ${running} แล้ว` });
  cli.print({ line, running });
}

function endedBy(interrupted: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    interrupted.addEventListener('abort', () =>
      reject(
        new Failed(
          { en: 'ended; the same command goes on from here', th: 'หยุดแล้ว ใช้คำสั่งเดิมเพื่อทำต่อ' },
          { code: 'interrupted' },
        ),
      ),
    ),
  );
}

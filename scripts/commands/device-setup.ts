import type { Command } from 'commander';
import { type Cli, Failed } from '../cli.ts';

interface Options {
  config: string;
  data: string;
  code?: string;
  server?: string;
  place?: string;
  sound?: string;
  board?: string;
  again?: boolean;
  yes?: boolean;
  start: boolean;
}

/** Where the package puts them. */
const CONFIG_PATH = '/etc/prakat/hall.json';
const DATA_PATH = '/var/lib/prakat';

/** `prakat device setup`: from a code to a hall that runs. */
export function registerSetup(device: Command, cli: Cli): void {
  device
    .command('setup')
    .description(
      cli.text({
        en: 'set up a new box: code or QR, hardware, service, a quiet test',
        th: 'ติดตั้งกล่องใหม่: รหัสหรือคิวอาร์ ค้นหาอุปกรณ์ เปิดโปรแกรม ทดสอบเสียงเบา',
      }),
    )
    .option(
      '--code <code>',
      cli.text({ en: 'one-time code, or the text of its QR code', th: 'รหัสลงทะเบียน หรือข้อความจากคิวอาร์โค้ด' }),
    )
    .option('--server <url>', cli.text({ en: 'HTTP address of the server', th: 'ที่อยู่ HTTP ของเซิร์ฟเวอร์' }))
    .option(
      '--place <name>',
      cli.text({ en: 'name of the village, for the sign', th: 'ชื่อหมู่บ้าน สำหรับแสดงบนป้าย' }),
    )
    .option(
      '--sound <device>',
      cli.text({
        en: 'ALSA device, or none (default: the likeliest card)',
        th: 'อุปกรณ์ ALSA หรือ none (ปกติ: เลือกการ์ดที่น่าจะใช่)',
      }),
    )
    .option(
      '--board <line>',
      cli.text({
        en: 'line of our board, or none (default: looked for)',
        th: 'สายของบอร์ด หรือ none (ปกติ: ค้นหาให้)',
      }),
    )
    .option(
      '--again',
      cli.text({ en: 'enrol although the box has an identity', th: 'ลงทะเบียนใหม่แม้กล่องมีตัวตนแล้ว' }),
    )
    .option('--yes', cli.text({ en: 'ask nobody', th: 'ไม่ถาม' }))
    .option('--no-start', cli.text({ en: 'write and enrol only', th: 'ตั้งค่าและลงทะเบียนเท่านั้น ไม่เปิดโปรแกรม' }))
    .option('--config <file>', cli.text({ en: 'configuration to write', th: 'ไฟล์ตั้งค่าที่จะเขียน' }), CONFIG_PATH)
    .option(
      '--data <folder>',
      cli.text({ en: 'data folder of a new configuration', th: 'โฟลเดอร์ข้อมูลของการตั้งค่าใหม่' }),
      DATA_PATH,
    )
    .action(async (options: Options) => {
      const { setUpHall } = await import('../technician/setup/setup-hall.ts');
      const isAsked = !options.yes && !cli.json && process.stdin.isTTY === true;
      const done = await setUpHall({ ...options, again: options.again === true, isAsked }, cli);
      cli.say('');
      cli.tell({
        en: `${done.identity.device} is set up, in ${done.seconds} s`,
        th: `ติดตั้ง ${done.identity.device} เสร็จแล้วใน ${done.seconds} วินาที`,
      });
      if (done.checks?.worst === 'fail')
        throw new Failed(
          { en: 'set up, but not everything works: see above', th: 'ติดตั้งแล้ว แต่บางอย่างยังใช้ไม่ได้ ดูข้างบน' },
          { code: 'faults-found', document: done },
        );
      cli.print(done);
    });
}

import type { Command } from 'commander';
import { signImage } from '../../../device/board/board-image.ts';
import { counted } from '../../cli/counted.ts';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Misused } from '../../cli.ts';
import {
  bytesOfFile,
  makeKey,
  publicHalf,
  signingKey,
  writeManifest,
} from '../../technician/firmware-files.ts';

interface SignOptions {
  makeKey?: string;
  image?: string;
  release?: number;
  key?: string;
  manifest?: string;
}

const MOST_U32 = 2 ** 32 - 1;

/** `prakat panel sign-image`: the maker's side of new firmware. */
export function registerSignImage(panel: Command, cli: Cli): void {
  panel
    .command('sign-image')
    .description(
      cli.text({
        en: 'for makers of boards: a key, or the manifest of an image signed with it',
        th: 'สำหรับผู้ผลิตบอร์ด: สร้างกุญแจ หรือลงนามไฟล์เฟิร์มแวร์',
      }),
    )
    .option(
      '--make-key <file>',
      cli.text({
        en: 'a new private key into this file; prints the public one',
        th: 'สร้างกุญแจลับใหม่ลงไฟล์นี้ และแสดงกุญแจสาธารณะ',
      }),
    )
    .option('--image <file>', cli.text({ en: 'the firmware', th: 'ไฟล์เฟิร์มแวร์' }))
    .option(
      '--release <n>',
      cli.text({ en: 'its version, higher than every one before', th: 'หมายเลขรุ่น ต้องสูงกว่าทุกรุ่นก่อนหน้า' }),
      wholeNumber('--release', 1, MOST_U32),
    )
    .option('--key <file>', cli.text({ en: 'the private key', th: 'ไฟล์กุญแจลับ' }))
    .option('--manifest <file>', cli.text({ en: 'to be written', th: 'ไฟล์ใบกำกับที่จะเขียน' }))
    .action((options: SignOptions) => signFirmware(options, cli));
}

async function signFirmware(options: SignOptions, cli: Cli): Promise<void> {
  if (options.makeKey !== undefined) return tellKey(options.makeKey, await makeKey(options.makeKey), cli);
  const { image, release, key, manifest } = options;
  if (image === undefined || release === undefined || key === undefined || manifest === undefined)
    throw new Misused({
      en: '--make-key alone, or --image, --release, --key and --manifest together',
      th: 'ใช้ --make-key อย่างเดียว หรือ --image --release --key และ --manifest พร้อมกัน',
    });
  const signer = await signingKey(key);
  const signed = signImage(await bytesOfFile(image), release, signer);
  await writeManifest(manifest, signed);
  cli.tell({
    en: `${manifest}: version ${signed.version}, ${counted(signed.bytes, 'byte')}, SHA-256 ${signed.digest}`,
    th: `${manifest}: รุ่น ${signed.version} ขนาด ${signed.bytes} ไบต์ SHA-256 ${signed.digest}`,
  });
  cli.print({ manifest, ...signed, publicKey: publicHalf(signer) });
}

function tellKey(file: string, publicKey: string, cli: Cli): void {
  cli.tell({
    en: `the private key is in ${file}, for its owner alone; this is the public one, for the boards:`,
    th: `กุญแจลับอยู่ใน ${file} เจ้าของเท่านั้นที่อ่านได้ กุญแจสาธารณะสำหรับใส่ในบอร์ด:`,
  });
  cli.say(publicKey.trimEnd());
  cli.print({ key: file, publicKey });
}

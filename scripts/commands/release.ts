import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { unwritable } from '../cli/named-files.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import { type Cli, Failed } from '../cli.ts';

interface SignFlags {
  key: string;
  builds: string;
  out: string;
  area: string;
  by: string;
  share: number;
  spread: number;
  notBefore?: string;
  least: string;
}

/** `prakat release`: new versions of the agent for the halls. The key lies apart from the server's; only `sign` needs it. */
export function register(program: Command, cli: Cli): void {
  const release = program.command('release');
  registerKey(release, cli);
  registerSign(release, cli);
  registerStick(release, cli);
  registerServerSide(release, cli);
}

function registerStick(release: Command, cli: Cli): void {
  release
    .command('stick')
    .description(
      cli.text({
        en: 'put a signed release on a stick, for halls without a line',
        th: 'ใส่รุ่นที่ลงนามแล้วลงแฟลชไดรฟ์ สำหรับหอที่ไม่มีสัญญาณ',
      }),
    )
    .argument('<release>', cli.text({ en: 'the document', th: 'ไฟล์เอกสาร' }))
    .requiredOption('--to <folder>', cli.text({ en: 'where the stick is mounted', th: 'โฟลเดอร์ของแฟลชไดรฟ์' }))
    .option(
      '--builds <folder>',
      cli.text({ en: 'folder of build-deb', th: 'โฟลเดอร์จาก build-deb' }),
      'dist/packages',
    )
    .action(async (path: string, { to, builds }: { to: string; builds: string }) => {
      const { putOnStick } = await import('../release/release-stick.ts');
      const { area, version, files } = await putOnStick(path, builds, to);
      cli.tell({
        en: `${version} for ${area}, ${counted(files, 'file')}: a hall takes what it lacks when the stick is put in`,
        th: `รุ่น ${version} สำหรับ ${area} จำนวน ${files} ไฟล์ หอจะรับส่วนที่ขาดเมื่อเสียบแฟลชไดรฟ์`,
      });
      cli.print({ area, version, files });
    });
}

function registerKey(release: Command, cli: Cli): void {
  release
    .command('key')
    .description(cli.text({ en: 'make the key that signs releases', th: 'สร้างกุญแจลงนามรุ่นโปรแกรม' }))
    .argument('<file>', cli.text({ en: 'where to keep it', th: 'ไฟล์ที่จะเก็บ' }))
    .requiredOption('--id <name>', cli.text({ en: 'its name in key sets', th: 'ชื่อกุญแจ' }))
    .action(async (file: string, { id }: { id: string }) => {
      const { makeKey } = await import('../release/key-file.ts');
      const half = await makeKey(file, id);
      cli.tell({
        en: `${file} is a secret: keep it off every server. On each: prakat release trust ${file}.pub`,
        th: `${file} เป็นความลับ อย่าเก็บบนเซิร์ฟเวอร์ บนเซิร์ฟเวอร์ให้ใช้: prakat release trust ${file}.pub`,
      });
      cli.print(half);
    });
}

function registerSign(release: Command, cli: Cli): void {
  release
    .command('sign')
    .description(
      cli.text({ en: 'sign the builds of build-deb for an area', th: 'ลงนามรุ่นจาก build-deb ให้พื้นที่' }),
    )
    .requiredOption('--key <file>', cli.text({ en: 'the key', th: 'กุญแจ' }))
    .requiredOption('--area <code>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .requiredOption('--by <name>', cli.text({ en: 'who says so', th: 'ผู้ออกรุ่น' }))
    .option(
      '--builds <folder>',
      cli.text({ en: 'folder of build-deb', th: 'โฟลเดอร์จาก build-deb' }),
      'dist/packages',
    )
    .option('--out <file>', cli.text({ en: 'the document', th: 'ไฟล์เอกสาร' }), 'release.json')
    .option(
      '--share <percent>',
      cli.text({ en: 'of the halls; 0 withdraws', th: 'ร้อยละของหอ 0 คือถอนรุ่น' }),
      wholeNumber('--share', 0, 100),
      100,
    )
    .option(
      '--spread <minutes>',
      cli.text({ en: 'each hall begins at its own moment within', th: 'แต่ละหอเริ่มเวลาต่างกันภายในกี่นาที' }),
      wholeNumber('--spread', 0, 20_160),
      480,
    )
    .option('--not-before <instant>', cli.text({ en: 'RFC 3339 (default: now)', th: 'เริ่มไม่ก่อน (ปกติ: ทันที)' }))
    .option(
      '--least <version>',
      cli.text({ en: 'oldest version that may go directly', th: 'รุ่นเก่าสุดที่ข้ามมาได้' }),
      '0.1.0',
    )
    .action(async (flags: SignFlags) => {
      const { readKey } = await import('../release/key-file.ts');
      const { buildsIn, releaseOf } = await import('../release/release-file.ts');
      const { replaceFile } = await import('../../device/drivers/atomic-file.ts');
      const now = Date.now();
      const notBefore = flags.notBefore === undefined ? now : Date.parse(flags.notBefore);
      if (Number.isNaN(notBefore))
        throw new Failed({ en: `no instant: ${flags.notBefore}`, th: `ไม่ใช่เวลา: ${flags.notBefore}` });
      const { area, by, least, share, spread: spreadMinutes } = flags;
      const terms = { area, by, least, share, spreadMinutes, notBefore };
      const document = releaseOf(await buildsIn(flags.builds), terms, now, await readKey(flags.key));
      await replaceFile(flags.out, `${JSON.stringify(document)}\n`, 0o644).catch(unwritable(flags.out));
      const { version, builds } = document;
      const machines = Object.keys(builds).join(', ');
      cli.tell({
        en: `${flags.out}: ${version} (${machines}) for ${share} % of ${area}`,
        th: `${flags.out}: รุ่น ${version} (${machines}) สำหรับ ${share} % ของ ${area}`,
      });
      cli.print(document);
    });
}

/** On the server's own machine, for whoever may read its files; the server may run. */
function registerServerSide(release: Command, cli: Cli): void {
  const config = [
    '--config <file>',
    cli.text({ en: 'JSON configuration of the server', th: 'ไฟล์ตั้งค่าของเซิร์ฟเวอร์' }),
  ] as const;
  release
    .command('trust')
    .description(
      cli.text({
        en: 'let a key sign releases: the next key set, signed by the root',
        th: 'ให้กุญแจนี้ลงนามรุ่นได้ (ชุดกุญแจใหม่ ลงนามด้วยกุญแจราก)',
      }),
    )
    .argument('<public>', cli.text({ en: 'the .pub file', th: 'ไฟล์ .pub' }))
    .option('--area <code...>', cli.text({ en: 'for halls of', th: 'สำหรับหอในพื้นที่' }), ['th'])
    .option(...config)
    .action(async (path: string, options: { config?: string; area: string[] }) => {
      const { trustKey } = await import('../release/server-side.ts');
      const { id, version } = await trustKey(path, options.area, options.config);
      cli.tell({
        en: `key set ${version} trusts ${id}; restart the server to hand it out`,
        th: `ชุดกุญแจรุ่น ${version} เชื่อถือ ${id} แล้ว เปิดเซิร์ฟเวอร์ใหม่เพื่อส่งให้หอ`,
      });
      cli.print({ key: id, keys: version });
    });
  release
    .command('publish')
    .description(cli.text({ en: 'hand a signed release to the halls', th: 'ส่งรุ่นที่ลงนามแล้วให้หอ' }))
    .argument('<release>', cli.text({ en: 'the document', th: 'ไฟล์เอกสาร' }))
    .option(
      '--builds <folder>',
      cli.text({ en: 'folder of build-deb', th: 'โฟลเดอร์จาก build-deb' }),
      'dist/packages',
    )
    .option(...config)
    .action(async (path: string, options: { config?: string; builds: string }) => {
      const { publishRelease } = await import('../release/server-side.ts');
      const { area, version, share, files } = await publishRelease(path, options.builds, options.config);
      cli.tell({
        en: `${version} for ${share} % of ${area}, ${counted(files, 'file')}; a running server hands it out within a minute`,
        th: `รุ่น ${version} สำหรับ ${share} % ของ ${area} จำนวน ${files} ไฟล์ เซิร์ฟเวอร์จะส่งภายในหนึ่งนาที`,
      });
      cli.print({ area, version, share, files });
    });
}

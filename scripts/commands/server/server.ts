import type { Command } from 'commander';
import { when } from '../../cli/when.ts';
import type { Cli } from '../../cli.ts';
import { registerServerBackup } from './backup.ts';
import { registerOperator } from './operator.ts';

/** `prakat server`: runs the server in the foreground; `prakat server operator`: the accounts of people. */
export function register(program: Command, cli: Cli): void {
  const server = program
    .command('server')
    .option(
      '--config <file>',
      cli.text({
        en: 'JSON configuration; without it, a server for trying out in this folder',
        th: 'ไฟล์ตั้งค่า JSON หากไม่ระบุ จะเปิดเซิร์ฟเวอร์ทดลองในโฟลเดอร์นี้',
      }),
    )
    .addHelpText(
      'after',
      cli.text({
        en: '\nWith --json the document (addresses, first log-on) is printed when the server is up. docs/operate.md tells the rest.',
        th: '\nเมื่อใช้ --json จะแสดงเอกสาร (ที่อยู่และรหัสเข้าสู่ระบบครั้งแรก) เมื่อเซิร์ฟเวอร์พร้อม อ่านเพิ่มเติมที่ docs/operate.md',
      }),
    )
    .action(({ config }: { config?: string }) => serve(config, cli));
  registerOperator(server, cli);
  registerServerBackup(server, cli);
}

async function serve(path: string | undefined, cli: Cli): Promise<void> {
  const { serverConfigAt } = await import('../../operator/server-config.ts');
  const config = await serverConfigAt(path);
  // The server is loaded by this verb alone: the others stay quick.
  const { firstLoginWords, runServer } = await import('../../../server/process.ts');
  const { serverFailure } = await import('../../operator/server-failure.ts');
  await runServer(config, ({ brokerUrl, httpUrl, firstLogin }) => {
    cli.tell({
      en: `the server runs: ${httpUrl}, ${brokerUrl}; Ctrl-C ends it`,
      th: `เซิร์ฟเวอร์ทำงานแล้ว: ${httpUrl}, ${brokerUrl} กด Ctrl-C เพื่อหยุด`,
    });
    if (firstLogin !== undefined) {
      const { en, th } = firstLoginWords(firstLogin);
      const { user, code, expiresAt } = firstLogin;
      const login = `prakat login --user ${user} --code ${code} --server ${httpUrl} --broker ${brokerUrl}${config.training ? ' --training' : ''}`;
      cli.tell({
        en: `${en}, until ${when(expiresAt, 'en')}:\n  ${login}`,
        th: `${th} ใช้ได้ถึง ${when(expiresAt, 'th')}:\n  ${login}`,
      });
    }
    cli.print({
      http: httpUrl,
      broker: brokerUrl,
      data: config.data,
      first_login: firstLogin && loginOf(firstLogin),
    });
  }).catch((error: unknown) => {
    throw serverFailure(error);
  });
}

function loginOf({ user, code, expiresAt }: { user: string; code: string; expiresAt: number }) {
  return { user, code, expires_at: new Date(expiresAt).toISOString() };
}

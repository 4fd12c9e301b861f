import type { Command } from 'commander';
import { type Cli, Misused } from '../cli.ts';

interface LoginOptions {
  server: string;
  broker?: string;
  user: string;
  code?: string;
  training?: true;
}

/** `prakat login`: remembers who the operator is, after trying it; with a one-time code, chooses the password first. */
export function register(program: Command, cli: Cli): void {
  program
    .command('login')
    .requiredOption('--user <name>', cli.text({ en: 'name of the account', th: 'ชื่อบัญชี' }))
    .option(
      '--server <url>',
      cli.text({ en: "the server's HTTP address", th: 'ที่อยู่ HTTP ของเซิร์ฟเวอร์' }),
      'http://127.0.0.1:8080',
    )
    .option(
      '--broker <url>',
      cli.text({
        en: 'where the broker listens, mqtt:// or mqtts:// (default: port 1883 of the server)',
        th: 'ที่อยู่ของโบรกเกอร์ mqtt:// หรือ mqtts:// (ปกติ: พอร์ต 1883 ของเซิร์ฟเวอร์)',
      }),
    )
    .option(
      '--code <code>',
      cli.text({
        en: 'one-time code of a new account: the password is chosen now',
        th: 'รหัสใช้ครั้งเดียวของบัญชีใหม่ เพื่อตั้งรหัสผ่านตอนนี้',
      }),
    )
    .option(
      '--training',
      cli.text({ en: 'a server to learn on: no village hears it', th: 'เซิร์ฟเวอร์ฝึกซ้อม ไม่มีหมู่บ้านใดได้ยิน' }),
    )
    .addHelpText(
      'after',
      cli.text({
        en: '\nThe password is typed, or comes as one line on standard input.\nExample: prakat login --user admin --code JYQ7K-Q22NG --server http://192.168.1.10:8080',
        th: '\nพิมพ์รหัสผ่านที่เทอร์มินัล หรือส่งเป็นหนึ่งบรรทัดทาง stdin\nตัวอย่าง: prakat login --user admin --code JYQ7K-Q22NG --server http://192.168.1.10:8080',
      }),
    )
    .action((options: LoginOptions) => login(options, cli));
}

async function login({ server, broker, user, code, training }: LoginOptions, cli: Cli): Promise<void> {
  const addresses = { server: addressOf('--server', server, 'http'), broker: brokerOf(broker, server) };
  const { askPassword } = await import('../operator/ask-password.ts');
  const { OperatorClient } = await import('../operator/client.ts');
  const { firstLogin } = await import('../operator/first-login.ts');
  const { profilePath, saveProfile } = await import('../operator/profile.ts');

  const password = await askPassword(code === undefined ? 'known' : 'chosen', cli);
  if (code !== undefined) await firstLogin(addresses.server, { user, code, password });
  const profile = { ...addresses, user, password, ...(training && { training }) };
  await (await OperatorClient.connect(profile)).close();
  await saveProfile(profile);
  const path = profilePath();
  cli.tell({ en: `logged on as ${user}; kept in ${path}`, th: `เข้าสู่ระบบเป็น ${user} แล้ว เก็บไว้ใน ${path}` });
  cli.print({ user, ...addresses, profile: path });
}

function brokerOf(broker: string | undefined, server: string): string {
  if (broker !== undefined) return addressOf('--broker', broker, 'mqtt');
  return `mqtt://${new URL(server).hostname}:1883`;
}

function addressOf(option: string, text: string, scheme: 'http' | 'mqtt'): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.hostname && [`${scheme}:`, `${scheme}s:`].includes(url.protocol)) return text;
  throw new Misused({
    en: `${option} is an address like ${scheme}://192.168.1.10:${scheme === 'http' ? 8080 : 1883}`,
    th: `${option} ต้องเป็นที่อยู่แบบ ${scheme}://192.168.1.10:${scheme === 'http' ? 8080 : 1883}`,
  });
}

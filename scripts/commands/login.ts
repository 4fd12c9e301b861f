import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { askPassword } from '../operator/ask-password.ts';
import { OperatorClient } from '../operator/client.ts';
import { firstLogin } from '../operator/first-login.ts';
import { Profile, profilePath, saveProfile } from '../operator/profile.ts';

interface LoginOptions {
  server: string;
  broker?: string;
  user: string;
  code?: string;
}

/** `prakat login`: remembers who the operator is, after trying it; with a one-time code, chooses the password first. */
export function register(program: Command, cli: Cli): void {
  program
    .command('login')
    .description('log on as an operator, once per computer / เข้าสู่ระบบผู้ปฏิบัติงาน')
    .requiredOption('--user <name>')
    .option('--server <url>', "the server's HTTP address", 'http://127.0.0.1:8080')
    .option('--broker <url>', 'where the broker listens (default: port 1883 of the server)')
    .option('--code <code>', 'one-time code of a new account: the password is chosen now')
    .action((options: LoginOptions) => login(options, cli));
}

async function login(options: LoginOptions, cli: Cli): Promise<void> {
  const password = await askPassword(
    options.code === undefined ? 'Password / รหัสผ่าน' : 'New password / ตั้งรหัสผ่าน',
  );
  if (options.code !== undefined)
    await firstLogin(options.server, { user: options.user, code: options.code, password });
  const profile = Profile.parse({
    server: options.server,
    broker: options.broker ?? `mqtt://${new URL(options.server).hostname}:1883`,
    user: options.user,
    password,
  });
  await (await OperatorClient.connect(profile)).close();
  await saveProfile(profile);
  cli.tell({
    en: `logged on as ${options.user}; kept in ${profilePath()}`,
    th: `เข้าสู่ระบบเป็น ${options.user} แล้ว`,
  });
  cli.print({ user: options.user, profile: profilePath() });
}

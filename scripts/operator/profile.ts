import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { unwritable } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';

/** Who an operator is and where the server stands: written by `prakat login`, read by every operator's verb. */
export const Profile = z.object({
  /** Base of the server's HTTP side: `http://127.0.0.1:8080`. */
  server: z.url({ protocol: /^https?$/ }),
  /** `mqtt://host:port` or `mqtts://…`. */
  broker: z.url({ protocol: /^mqtts?$/ }),
  user: z.string().min(1),
  password: z.string().min(1),
  /** The server is one to learn on: its topics are its own. */
  training: z.boolean().optional(),
});
export type Profile = z.infer<typeof Profile>;

/** `PRAKAT_PROFILE`, or `~/.config/prakat/operator.json`. */
export function profilePath(env: Record<string, string | undefined> = process.env): string {
  return (
    env.PRAKAT_PROFILE ?? join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'prakat', 'operator.json')
  );
}

/** Rejects with Failed: not logged in, or the file is not a profile. */
export async function loadProfile(path = profilePath()): Promise<Profile> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    // That there is no file yet is all that is to be said.
    throw new Failed(
      { en: 'not logged in: run "prakat login" first', th: 'ยังไม่ได้เข้าสู่ระบบ: ใช้คำสั่ง prakat login ก่อน' },
      { code: 'not-logged-in', ...(cause.code !== 'ENOENT' && { cause }) },
    );
  });
  const profile = Profile.safeParse(parseJson(text));
  if (profile.success) return profile.data;
  throw new Failed(
    {
      en: `${path} is not a profile: run "prakat login" again`,
      th: `ไฟล์ผู้ใช้ ${path} เสียหาย: ใช้คำสั่ง prakat login อีกครั้ง`,
    },
    { code: 'profile-broken' },
  );
}

/** Only the owner may read it; the old one stays until the new one is whole. Rejects with Failed. */
export async function saveProfile(profile: Profile, path = profilePath()): Promise<void> {
  await written(path, `${JSON.stringify(profile, null, 2)}\n`).catch(unwritable(path));
}

async function written(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // One that a crash left keeps its own mode when it is written again.
  await rm(`${path}.new`, { force: true });
  await writeFile(`${path}.new`, text, { mode: 0o600, flag: 'wx' });
  await rename(`${path}.new`, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

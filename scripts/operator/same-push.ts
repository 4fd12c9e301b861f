import type { RequestOf } from '../../firmware-protocol/mqtt/requests.ts';

/** What is wished, before the server judged it. */
export type Wanted = { [K in keyof RequestOf<'push'>]?: unknown } & { to: string[] };

/** How each member of a push is written on the command line. A picture is named by its file, which the server knows again. */
const FLAGS = {
  order: '--order',
  to: '--to',
  text: '--text',
  title: '--title',
  hotline: '--hotline',
  qr: '--qr',
  say: '--say',
  media: '--media',
  chime: '--chime',
  times: '--times',
  kind: '--kind',
  start_at: '--at',
  expires_in_s: '--expires-in-s',
} as const satisfies Partial<Record<keyof Wanted, string>>;

/** The command line that sends the very same push: sound that was uploaded by its hash, a text from standard input written out. */
export function samePush(wanted: Wanted, pictureFile: string | undefined): string {
  const members = Object.entries(FLAGS).flatMap(([member, flag]) => {
    const value = wanted[member as keyof typeof FLAGS];
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return values.length === 0 ? [] : [flag, ...values.map(String)];
  });
  const picture = pictureFile === undefined ? [] : ['--picture', pictureFile];
  return ['prakat', 'push', ...members, ...picture].map(quoted).join(' ');
}

/** As a POSIX shell reads it back: what holds more than plain letters stands between single quotation marks. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

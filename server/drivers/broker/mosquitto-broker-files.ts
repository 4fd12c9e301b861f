import { mkdir } from 'node:fs/promises';
import { MAX_PACKET_BYTES, ROOT } from '../../../firmware-protocol/mqtt/topic-row.ts';
import type { TopicSpace } from '../../../firmware-protocol/mqtt/topic-space.ts';
import { filterOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { rowsFrom, rowsTo } from '../../operators/topic-rights.ts';
import { writeWhole } from '../secret-folder.ts';

export const MOSQUITTO_FILES = {
  conf: 'mosquitto.conf',
  passwords: 'passwords',
  rules: 'rules',
  pid: 'pid',
} as const;

/** Read by Mosquitto's own user through the folder's group: `install -d -g mosquitto -m 2770 <folder>`. */
const MODE = 0o640;

const MOSQUITTO_LIMITS = {
  /** The default of 1,000 dropped 98 % at full rate; the server is the one who hears everybody. */
  queuedMessages: 100_000,
  queuedBytes: 64 * 1024 * 1024,
} as const;

/** A name and its password as `mosquittoHash` writes it. */
export interface MosquittoLogin {
  user: string;
  hash: string;
}

export async function writePasswords(folder: string, logins: MosquittoLogin[]): Promise<void> {
  const lines = logins.map(({ user, hash }) => `${user}:${hash}\n`).join('');
  await writeWhole(folder, MOSQUITTO_FILES.passwords, lines, MODE);
}

/** What does not change while it runs. Never overwrites the snippet's surroundings: the site's own file includes it. */
export async function writeRules(
  folder: string,
  options: { host: string; port: number; servers: string[]; space: TopicSpace },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(folder, MOSQUITTO_FILES.rules, rules(options.servers, options.space), MODE);
  await writeWhole(folder, MOSQUITTO_FILES.conf, conf(folder, options), MODE);
}

/**
 * Patterns, not one line a device: 75,000 lines stall Mosquitto for 20 s. `%u` is the name that logged on; people and
 * boxes share one name space, so a pattern for the ones gives the others nothing.
 */
function rules(servers: string[], { wire }: TopicSpace): string {
  const own = { device: '%u', user: '%u' };
  const lines = (access: string, rows: ReturnType<typeof rowsFrom>) =>
    rows.map((row) => `${access} ${wire(filterOf(row, own))}\n`).join('');
  return [
    '# Written by prakat from its topic catalogue.\n',
    lines('pattern write', [...rowsFrom('device'), ...rowsFrom('operator')]),
    lines('pattern read', [...rowsTo('device'), ...rowsTo('operator')]),
    ...servers.map((user) => `\nuser ${user}\ntopic readwrite ${wire(`${ROOT}/#`)}\n`),
  ].join('');
}

function conf(folder: string, { host, port }: { host: string; port: number }): string {
  return `# Written by prakat. Use it as Mosquitto's configuration, or include its folder from yours.
listener ${port} ${host}
allow_anonymous false
password_file ${folder}/${MOSQUITTO_FILES.passwords}
acl_file ${folder}/${MOSQUITTO_FILES.rules}
pid_file ${folder}/${MOSQUITTO_FILES.pid}
# A session belongs to a name: nobody takes over that of another.
use_username_as_clientid true
# Without it one client gets 2,000 messages a second instead of 40,000.
set_tcp_nodelay true
max_queued_messages ${MOSQUITTO_LIMITS.queuedMessages}
max_queued_bytes ${MOSQUITTO_LIMITS.queuedBytes}
max_packet_size ${MAX_PACKET_BYTES}
# Orders are in the server's database and are sent again: a broker that lost everything loses nothing.
persistence false
`;
}

import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { loadIdentity, saveIdentity } from '../../../device/drivers/identity-file.ts';
import { PINS_NAME, readPins } from '../../../device/drivers/store/pins.ts';
import type { Identity } from '../../../device/identity.ts';
import { type Cli, Failed } from '../../cli.ts';
import { type Backup, readBackup } from './backup-file.ts';
import { agentOwner, handOver } from './box-service.ts';
import { enrolBox } from './enrol-box.ts';
import { makeDataFolder, writeHallFile } from './hall-file.ts';
import { type SetUp, type SetupOptions, setUpHall } from './setup-hall.ts';
import { ticketFrom } from './setup-questions.ts';

/**
 * More boots than any box makes between its last backup and its end: presence of a lower boot loses against a higher one,
 * and the broker still keeps the last word of the box that was replaced.
 */
const BOOTS_AHEAD = 100_000;

/**
 * Puts a hall into a new box: the place, configuration and counters of the backup, a new key of its own. From the moment
 * of the enrolment the box before is heard no more, wherever it is. Then the hardware of the new box is looked for and tried.
 */
export async function restoreHall(path: string, options: SetupOptions, cli: Cli): Promise<SetUp> {
  const backup = await readBackup(path);
  const data = resolve(options.data);
  await refuseOccupied(data, backup);
  const ticket = await ticketFrom(
    { code: options.code, server: options.server, before: backup.server },
    options.isAsked,
    cli,
  );
  const owner = agentOwner();
  await makeDataFolder(data, owner);
  const identity = await enrolBox(ticket, { data, owner }, backup.device);
  // The counters first: an agent that starts without them would give numbers a second time.
  await raiseCounters(data, backup, identity, owner);
  await restoreCa(backup);
  await writeHallFile(options.config, { ...backup.config, data, server: ticket.server }, owner);
  await saveIdentity(join(data, 'identity.json'), identity);
  await handOver([join(data, 'identity.json')], owner);
  cli.tell({
    en: `✓ this box is ${backup.device} now, with a key of its own; the box before is heard no more`,
    th: `✓ กล่องนี้เป็น ${backup.device} แล้ว มีกุญแจใหม่ กล่องเดิมใช้ไม่ได้อีก`,
  });
  return await setUpHall({ ...options, code: undefined, again: false }, cli);
}

/** A box that is a hall already is not overwritten by a slip. */
async function refuseOccupied(data: string, { device }: Backup): Promise<void> {
  const path = join(data, 'identity.json');
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  const other = await loadIdentity(path).catch(() => undefined);
  const name = other?.device ?? '?';
  throw new Failed(
    {
      en: `this box is ${name === device ? 'that hall' : `another hall, ${name},`} already: ${path}`,
      th: `กล่องนี้เป็นหอ ${name} อยู่แล้ว: ${path}`,
    },
    { code: 'box-occupied' },
  );
}

/** Report numbers, boots and versions go on, above what the backup knew and above what the server holds. */
async function raiseCounters(
  data: string,
  { pinned }: Backup,
  { reports_up_to = 0 }: Identity,
  owner: { uid: number; gid: number } | undefined,
): Promise<void> {
  const store = join(data, 'store');
  await mkdir(store, { recursive: true, mode: 0o700 });
  const path = join(store, PINS_NAME);
  const { keeper } = await readPins(path);
  const { facts = {}, reserved = 0, keys } = pinned ?? {};
  await keeper.raise({
    reserved: Math.max(reserved, reports_up_to),
    facts: { ...facts, boot: (facts.boot ?? 0) + BOOTS_AHEAD },
    ...(keys !== undefined && { keys }),
  });
  await handOver([store, path], owner);
}

/** The certificate authority goes where the configuration looks for it; one that is there already stays. */
async function restoreCa({ config, ca_pem }: Backup): Promise<void> {
  if (typeof config.ca !== 'string' || ca_pem === undefined) return;
  await mkdir(dirname(config.ca), { recursive: true });
  await writeFile(config.ca, ca_pem, { flag: 'wx', mode: 0o644 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

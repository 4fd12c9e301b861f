import { join, resolve } from 'node:path';
import type { DeviceConfig } from '../../../device/config.ts';
import { loadIdentity, saveIdentity } from '../../../device/drivers/identity-file.ts';
import { type Identity, publicIdentity } from '../../../device/identity.ts';
import type { EnrolmentTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import type { Cli } from '../../cli.ts';
import type { VisitResult } from '../diagnose/result/result.ts';
import { visitHall } from '../diagnose/visit-hall.ts';
import { LocalAgent } from '../local-agent.ts';
import { agentOwner, handOver, hasSystemd, startService, stopService } from './box-service.ts';
import { enrolBox } from './enrol-box.ts';
import { boardAt, type FoundBoard, findBoard, withBoard } from './found-board.ts';
import { asObject, type HallFile, makeDataFolder, readHallFile, writeHallFile } from './hall-file.ts';
import { placeFrom, ticketFrom } from './setup-questions.ts';
import { chosenDevice, soundCards } from './sound-cards.ts';

export interface SetupOptions {
  config: string;
  /** Of a new configuration. */
  data: string;
  code?: string | undefined;
  server?: string | undefined;
  place?: string | undefined;
  /** ALSA device, `none`, or absent = the likeliest card. */
  sound?: string | undefined;
  /** Line of a board, `none`, or absent = looked for. */
  board?: string | undefined;
  /** Enrols anew although there is an identity. */
  again: boolean;
  /** Starts the service and tries the hardware. */
  start: boolean;
  isAsked: boolean;
}

export interface SetUp {
  config: string;
  identity: Record<string, string>;
  enrolled: 'now' | 'before';
  sound: string | undefined;
  board: string | undefined;
  service: 'started' | 'not-here' | 'not-wanted';
  checks?: VisitResult;
  seconds: number;
}

type Owner = ReturnType<typeof agentOwner>;

/** So long a started agent may take until it answers: the launcher reads the whole version first. */
const UP_WITHIN_MS = 60_000;
const LOOK_MS = 500;

/** A new box, from a code to a hall that runs: configuration, hardware, enrolment, service, and a quiet test of it all. */
export async function setUpHall(options: SetupOptions, cli: Cli): Promise<SetUp> {
  const began = performance.now();
  const owner = agentOwner();
  // A path of this shell would be another one for the service.
  const file = await readHallFile(options.config, resolve(options.data));
  const data = String(file.data);
  const known = options.again
    ? undefined
    : await loadIdentity(join(data, 'identity.json')).catch(() => undefined);
  if (known !== undefined && options.code !== undefined) tellUnused(known, cli);
  const ticket = known === undefined ? await ticketFrom(options, options.isAsked, cli) : undefined;
  file.place = await placeFrom(options.place, file.place, options.isAsked, cli);
  if (ticket !== undefined) file.server = ticket.server;
  await makeDataFolder(data, owner);
  // Before anything is stopped or written: where the code is refused, a hall that runs goes on as it was.
  const identity = known ?? (await enrolled(ticket, { data, owner }, cli));
  if (known === undefined) await keep(identity, data, owner);
  // What runs holds the card and the board, and knows another identity.
  const ran = options.start && hasSystemd() && (await stopService());
  const { tower, board } = await equipped(file, options, owner, cli).catch(async (error: unknown) => {
    if (ran) await startService().catch(() => {});
    throw error;
  });
  const service = await started(options, data, cli);
  const checks = options.start ? await quietVisit(options, cli) : undefined;
  return {
    config: options.config,
    identity: publicIdentity(identity),
    enrolled: known === undefined ? 'now' : 'before',
    sound: tower?.player.type === 'alsa' ? tower.player.device : tower?.player.type,
    board: board?.line,
    service,
    ...(checks && { checks }),
    seconds: Math.round((performance.now() - began) / 1_000),
  };
}

/** Who brings a code wants it used; a slip shall not make another hall of a box. */
function tellUnused({ device }: Identity, cli: Cli): void {
  cli.tell({
    en: `! this box is ${device} already, and the code was not used: with --again it is enrolled anew`,
    th: `! กล่องนี้เป็นหอ ${device} อยู่แล้ว จึงไม่ได้ใช้รหัส หากต้องการลงทะเบียนใหม่ให้เพิ่ม --again`,
  });
}

/** The hardware that is there, written into the configuration. */
async function equipped(
  file: HallFile,
  options: SetupOptions,
  owner: Owner,
  cli: Cli,
): Promise<DeviceConfig> {
  await findHardware(file, options, cli);
  return await writeHallFile(options.config, file, owner);
}

async function findHardware(file: HallFile, { sound, board }: SetupOptions, cli: Cli): Promise<void> {
  if (sound === 'none') delete file.tower;
  else await findSound(file, sound, cli);
  if (board !== 'none') await lookForBoard(file, board, cli);
}

async function findSound(file: HallFile, wanted: string | undefined, cli: Cli): Promise<void> {
  const cards = wanted === undefined ? await soundCards() : [];
  const written = asObject(asObject(file.tower).player).device;
  const device = wanted ?? chosenDevice(typeof written === 'string' ? written : undefined, cards);
  if (device === undefined) return cli.tell({ en: '! no sound card was found', th: '! ไม่พบการ์ดเสียง' });
  file.tower = { ...asObject(file.tower), player: { type: 'alsa', device } };
  const name = cards.find((card) => card.device === device)?.name ?? device;
  cli.tell({ en: `✓ sound: ${name}`, th: `✓ การ์ดเสียง: ${name}` });
  for (const other of cards.filter((card) => card.device !== device))
    cli.tell({ en: `  also there: --sound ${other.device}`, th: `  มีอีก: --sound ${other.device}` });
}

/** The line that is written first: it may say more than where a board is found, a rate say. */
async function boardOf(written: string | undefined): Promise<FoundBoard | undefined> {
  const there = written === undefined ? undefined : await boardAt(written);
  return there ?? (await findBoard());
}

async function lookForBoard(file: HallFile, wanted: string | undefined, cli: Cli): Promise<void> {
  const { line } = asObject(file.board);
  const named = wanted ?? (typeof line === 'string' ? line : undefined);
  const found = wanted === undefined ? await boardOf(named) : await boardAt(wanted);
  if (found === undefined) {
    if (named !== undefined) cli.tell({ en: '! the board does not answer', th: '! บอร์ดไม่ตอบ' });
    else cli.tell({ en: '- no board of ours at a serial port', th: '- ไม่พบบอร์ดที่พอร์ตอนุกรม' });
    return;
  }
  Object.assign(file, withBoard(file, found));
  const { panel } = found;
  const size = panel === undefined ? '' : ` ${panel.width}x${panel.height}`;
  const relay = found.amplifier ? { en: ', amplifier relay', th: ' รีเลย์เครื่องขยาย' } : { en: '', th: '' };
  cli.tell({ en: `✓ board: ${found.line}${size}${relay.en}`, th: `✓ บอร์ด: ${found.line}${size}${relay.th}` });
}

async function enrolled(
  ticket: EnrolmentTicket | undefined,
  box: { data: string; owner: Owner },
  cli: Cli,
): Promise<Identity> {
  if (ticket === undefined) throw new TypeError('a hall without identity has a ticket');
  const identity = await enrolBox(ticket, box);
  cli.tell({
    en: `✓ enrolled: ${identity.device}, village ${identity.village}`,
    th: `✓ ลงทะเบียนแล้ว: ${identity.device} หมู่บ้าน ${identity.village}`,
  });
  return identity;
}

async function keep(identity: Identity, data: string, owner: Owner): Promise<void> {
  const path = join(data, 'identity.json');
  await saveIdentity(path, identity);
  await handOver([path], owner);
}

async function started({ start }: SetupOptions, data: string, cli: Cli): Promise<SetUp['service']> {
  if (!start) return 'not-wanted';
  if (!hasSystemd()) {
    cli.tell({
      en: '- no systemd here: the service is started by other hands',
      th: '- เครื่องนี้ไม่มี systemd ต้องเปิดโปรแกรมหอด้วยวิธีอื่น',
    });
    return 'not-here';
  }
  await startService();
  const agent = new LocalAgent(data);
  for (let waited = 0; waited < UP_WITHIN_MS && !(await agent.isThere()); waited += LOOK_MS)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  cli.tell({ en: '✓ the service runs, now and at each boot', th: '✓ โปรแกรมหอทำงานแล้ว และจะเปิดเองทุกครั้ง' });
  return 'started';
}

/** The technician's check, quiet, of what was just set up: the line, the sound at 1 %, the amplifier, the sign. */
async function quietVisit({ config, isAsked }: SetupOptions, cli: Cli): Promise<VisitResult> {
  cli.say('');
  const rooms = ['link', 'sound', 'amplifier', 'sign'] as const;
  const { result } = await visitHall(
    { configPath: config, rooms, loud: false, isAsked, out: undefined },
    cli,
  );
  return result;
}

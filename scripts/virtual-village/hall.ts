import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FarBoard } from '../virtual-board/far-board.ts';
import { openBoard } from '../virtual-board/open-board.ts';
import { type Plug, plugIn } from '../virtual-board/plug.ts';
import { SignCamera } from './sign-camera.ts';

export interface HallPlan {
  device: string;
  /** 8-digit DOPA code. */
  village: string;
  /** What people call it; also on the idle page of its sign. */
  name: string;
  sign: { width: number; height: number };
  /** More members of this agent's configuration. */
  config?: Record<string, unknown>;
  /** More of its environment. */
  env?: Record<string, string>;
}

export interface HallOptions {
  /** The hall's own folder: configuration, data, sound, pictures, log. */
  folder: string;
  /** HTTP base of the server. */
  server: string;
  /** One-time code of the enrolment. */
  code: string;
  /** More members of the agent's configuration. */
  config?: Record<string, unknown>;
  /** More of its environment. */
  env?: Record<string, string>;
}

/** Of the C library, as the package's unit has it (scripts/packaging/debian/prakat.service). */
export const AGENT_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
} as const;
/**
 * Tells its program to end when whoever started it has died, of a SIGKILL too: a hall that went on alone would hold the line
 * and the sound card of the next. Debian always has it (util-linux).
 */
const TIED = ['/usr/bin/setpriv', '--pdeathsig', 'TERM'] as const;
/** In the hall's folder; in the package it is the unit's CacheDirectory. */
const CACHE = 'cache';
/** How long an agent may take to end by itself before it is killed. */
const STOP_TIMEOUT_MS = 5_000;

/** A program of dist/, as a hall runs it; found from a bundle and from the sources under test alike. */
export function bundlePath(name: string): string {
  return distPath(`${name}.mjs`);
}

/** The agent's program, as systemd starts it. */
export function agentPath(): string {
  return distPath('device.cjs');
}

function distPath(name: string): string {
  const here = import.meta.url;
  const root = here.includes('/dist/') ? here.replace(/\/dist\/.*/, '/') : new URL('../../', here).href;
  return fileURLToPath(new URL(`dist/${name}`, root));
}

/** A village hall: the real agent in a process of its own, a board at the far end of a real line, a folder for a sound card. */
export class Hall {
  readonly plan: HallPlan;
  readonly board: FarBoard;
  readonly camera: SignCamera;
  readonly folder: string;
  readonly wavFolder: string;
  readonly #env: Record<string, string>;
  #plug: Plug;
  #agent: ChildProcess | undefined;

  private constructor(
    plan: HallPlan,
    folder: string,
    board: FarBoard,
    plug: Plug,
    env: Record<string, string>,
  ) {
    this.plan = plan;
    this.#env = env;
    this.folder = folder;
    this.wavFolder = join(folder, 'sound');
    this.board = board;
    this.#plug = plug;
    this.camera = new SignCamera(board.display);
  }

  /** Builds the hall and writes its configuration; nothing runs yet. */
  static async build(plan: HallPlan, options: HallOptions): Promise<Hall> {
    await mkdir(join(options.folder, CACHE), { recursive: true });
    const board = openBoard(plan.sign);
    const plug = await plugIn(board, options.folder);
    const hall = new Hall(plan, options.folder, board, plug, options.env ?? {});
    const config = {
      data: join(options.folder, 'data'),
      server: options.server,
      code: options.code,
      place: plan.name,
      board: { line: hall.plug.spec, panel: plan.sign, amplifier: true },
      tower: { player: { type: 'auto', folder: hall.wavFolder } },
      // A virtual village has nobody to wake: what is tried there is tried at any hour.
      laws: { quiet: [], minutes_a_day: 1_440 },
      ...options.config,
    };
    await writeFile(hall.configPath, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    return hall;
  }

  /** The cable between agent and board. */
  get plug(): Plug {
    return this.#plug;
  }

  /** Of the agent; undefined while it does not run. */
  get pid(): number | undefined {
    return this.#agent?.pid;
  }

  /** The agent was switched on and has ended by itself. */
  get hasFallen(): boolean {
    return this.#agent !== undefined && (this.#agent.exitCode !== null || this.#agent.signalCode !== null);
  }

  /** Of an earlier start, so that the next is as fast as it will be from then on. */
  get hasKeptCode(): boolean {
    return existsSync(join(this.folder, CACHE, 'code'));
  }

  get logPath(): string {
    return join(this.folder, 'device.log');
  }

  get configPath(): string {
    return join(this.folder, 'device.json');
  }

  /** Switches the box on. Its log goes to `device.log`. `isTied`: it ends with us, whatever ends us; costs its start a millisecond. */
  start({ isTied = true } = {}): ChildProcess {
    const log = createWriteStream(this.logPath, { flags: 'a' });
    const [program = '', ...args] = [
      ...(isTied ? TIED : []),
      ...[process.execPath, agentPath(), '--config', this.configPath],
    ];
    const agent = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...AGENT_ENVIRONMENT, CACHE_DIRECTORY: join(this.folder, CACHE), ...this.#env },
    });
    agent.stdout.pipe(log, { end: false });
    agent.stderr.pipe(log, { end: false });
    agent.once('close', () => log.end());
    this.#agent = agent;
    return agent;
  }

  /** The cable that was pulled is back in the same socket (a pty has its old name; a TCP line would have a new port). */
  async plugBack(): Promise<void> {
    this.#plug = await plugIn(this.board, this.folder);
  }

  /** As the power switch does: no time to say goodbye. */
  async cutPower(): Promise<void> {
    await this.killAgent();
    this.board.restart();
  }

  /** The computer dies alone: the board keeps its power, and whatever it was doing. */
  async killAgent(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Tells the agent to end, as systemd does; the board keeps its power. */
  async stopAgent(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async stop(): Promise<void> {
    await this.stopAgent();
    await this.#plug.unplug();
    this.board.close();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    if (agent === undefined || agent.exitCode !== null || agent.signalCode !== null) return;
    const gone = once(agent, 'exit');
    agent.kill(signal);
    const killer = setTimeout(() => agent.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(killer);
  }
}

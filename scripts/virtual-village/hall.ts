import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignCamera } from './sign-camera.ts';
import { VirtualBoard } from './virtual-board.ts';
import { type Plug, plugIn } from './virtual-board-plug.ts';

export interface HallPlan {
  device: string;
  /** 8-digit DOPA code. */
  village: string;
  /** What people call it; also on the idle page of its sign. */
  name: string;
  sign: { width: number; height: number };
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
}

/** How long an agent may take to end by itself before it is killed. */
const STOP_TIMEOUT_MS = 5_000;

/** The agent's program: the bundle, as a hall runs it. */
export function agentProgram(): string {
  // From dist/prakat.mjs or its chunks, and from the sources under test.
  const root = import.meta.url.includes('/dist/')
    ? import.meta.url.replace(/\/dist\/.*/, '/')
    : new URL('../../', import.meta.url).href;
  return fileURLToPath(new URL('dist/device.mjs', root));
}

/** A village hall: the real agent in a process of its own, a board at the far end of a real line, a folder for a sound card. */
export class Hall {
  readonly plan: HallPlan;
  readonly board: VirtualBoard;
  readonly camera: SignCamera;
  readonly folder: string;
  readonly wavFolder: string;
  readonly plug: Plug;
  #agent: ChildProcess | undefined;

  private constructor(plan: HallPlan, folder: string, board: VirtualBoard, plug: Plug) {
    this.plan = plan;
    this.folder = folder;
    this.wavFolder = join(folder, 'sound');
    this.board = board;
    this.plug = plug;
    this.camera = new SignCamera(board.display);
  }

  /** Builds the hall and writes its configuration; nothing runs yet. */
  static async build(plan: HallPlan, options: HallOptions): Promise<Hall> {
    await mkdir(options.folder, { recursive: true });
    const board = new VirtualBoard(plan.sign);
    const hall = new Hall(plan, options.folder, board, await plugIn(board, options.folder));
    const config = {
      data: join(options.folder, 'data'),
      server: options.server,
      code: options.code,
      place: plan.name,
      board: { line: hall.plug.spec, panel: plan.sign, amplifier: true },
      tower: { player: { type: 'auto', folder: hall.wavFolder } },
      ...options.config,
    };
    await writeFile(hall.configPath, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    return hall;
  }

  get configPath(): string {
    return join(this.folder, 'device.json');
  }

  /** Switches the box on. Its log goes to `device.log`. */
  start(): ChildProcess {
    const log = createWriteStream(join(this.folder, 'device.log'), { flags: 'a' });
    const agent = spawn(process.execPath, [agentProgram(), '--config', this.configPath], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    agent.stdout.pipe(log, { end: false });
    agent.stderr.pipe(log, { end: false });
    agent.once('close', () => log.end());
    this.#agent = agent;
    return agent;
  }

  /** As the power switch does: no time to say goodbye. */
  async cutPower(): Promise<void> {
    await this.#end('SIGKILL');
    this.board.restart();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await this.plug.unplug();
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

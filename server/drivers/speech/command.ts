import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandSpeechConfig } from '../../config.ts';
import { ServerError } from '../../errors.ts';
import type { SpeechEngine } from '../../ports.ts';

/** Ten minutes of 48 kHz stereo. */
const MOST_BYTES = 128 * 1024 * 1024;
const SAID_BYTES = 2_000;

/**
 * A program of this machine: its arguments are used as they are, without a shell, `{text}` and `{out}` filled in. What it
 * writes to `{out}` is judged like any upload.
 */
export class CommandSpeech implements SpeechEngine {
  readonly #config: CommandSpeechConfig;

  constructor(config: CommandSpeechConfig) {
    this.#config = config;
  }

  voice(): string {
    const { program, args, voice } = this.#config;
    return `command ${voice || [program, ...args].join(' ')}`;
  }

  async say(spelled: string): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-speech-'));
    const out = join(folder, 'speech.wav');
    try {
      await this.#run(this.#config.args.map((each) => filled(each, spelled, out)));
      const { size } = await stat(out);
      if (size > MOST_BYTES) throw new Error(`it made ${size} bytes`);
      return await readFile(out);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ServerError('speech-failed', { context: { voice: this.voice(), why }, cause });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  #run(args: string[]): Promise<void> {
    const { program, seconds } = this.#config;
    // A group of its own: what it started ends with it.
    const child: ChildProcess = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    // Out of descriptors (EMFILE) a child has no ends, and says so later by `error`.
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-SAID_BYTES);
    });
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => {
        clearTimeout(deadline);
        killGroup(child.pid);
        if (error === undefined) resolve();
        else reject(error);
      };
      const deadline = setTimeout(() => end(new Error(`no speech within ${seconds} s`)), seconds * 1_000);
      child.once('error', end);
      child.once('exit', (code) =>
        end(code === 0 ? undefined : new Error(`it ended with ${code}: ${said.trim().split('\n').at(-1)}`)),
      );
    });
  }
}

function filled(argument: string, text: string, out: string): string {
  return argument.replace(/\{(text|out)\}/g, (_all, what) => (what === 'text' ? text : out));
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

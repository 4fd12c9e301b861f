import type { ChildProcess, SpawnOptions } from 'node:child_process';
import Ffmpeg from 'fluent-ffmpeg';
import { ServerError } from '../../errors.ts';

/** What fluent-ffmpeg keeps to itself. Archived, it will not change any more. */
declare module 'fluent-ffmpeg' {
  interface FfmpegCommand {
    ffmpegProc?: ChildProcess;
    _checkCapabilities(done: () => void): void;
    _getFfmpegPath(done: (error: null, path: string) => void): void;
    _getFfprobePath(done: (error: null, path: string) => void): void;
    _spawnFfmpeg(
      args: string[],
      options: SpawnOptions,
      started: (child: ChildProcess, out: Lines, err: Lines) => void,
      ended: (cause: Error | undefined, out?: Lines, err?: Lines) => void,
    ): void;
  }
}

interface Lines {
  get(): string;
}
const NO_LINES: Lines = { get: () => '' };

export interface Run {
  input: string;
  inputOptions: string[];
  outputOptions: string[];
  /** A path, or `-` with `-f null`. */
  output: string;
  deadlineMs: number;
  signal: AbortSignal;
  /** Milliseconds of sound done so far. */
  onProgress?: (doneMs: number) => void;
}

export interface Ran {
  ok: boolean;
  /** What ffmpeg said: at most LINES_KEPT lines at the beginning and as many at the end. */
  said: string;
  /** How much sound went through, ms. */
  ms: number;
}

const LINES_KEPT = 150;
const LINE_CHARS = 300;

/** Uploads are hostile: nothing but this file is opened, whatever it says inside. */
const CAREFUL = ['-nostdin', '-hide_banner', '-protocol_whitelist', 'file,pipe'];

/**
 * Runs ffmpeg once, with a deadline; at its end the whole process group is killed. Resolves with `ok: false` where
 * ffmpeg failed; rejects `transcoder-hung`, `transcoder-missing`, and `transcoder-failed` where no program can be started now.
 */
export function runFfmpeg(ffmpeg: string, run: Run): Promise<Ran> {
  const said = new SaidLines();
  let ms = 0;
  const command = groupedCommand(ffmpeg, run)
    .on('stderr', (line: string) => said.add(line))
    .on('progress', ({ timemark }: { timemark?: string }) => {
      ms = Math.max(ms, msOf(timemark));
      run.onProgress?.(ms);
    });
  return new Promise<Ran>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', stop);
      killGroup(command.ffmpegProc);
      settle();
    };
    const stop = () => end(() => reject(new ServerError('transcoder-hung')));
    const timer = setTimeout(stop, run.deadlineMs);
    run.signal.addEventListener('abort', stop, { once: true });
    if (run.signal.aborted) return stop();
    command.on('end', () => end(() => resolve({ ok: true, said: said.text(), ms })));
    command.on('error', (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === 'ENOENT' || cause.code === 'EACCES';
      if (missing) end(() => reject(new ServerError('transcoder-missing', { cause })));
      // It says nothing of the upload, which must not be refused for it.
      else if (cause.syscall?.startsWith('spawn'))
        end(() => reject(new ServerError('transcoder-failed', { context: { why: cause.message }, cause })));
      else end(() => resolve({ ok: false, said: said.text(), ms }));
    });
    command.run();
  });
}

/** fluent-ffmpeg without its module state, its unasked ffprobe of the upload, and its children that outlive a kill. */
function groupedCommand(ffmpeg: string, run: Run): Ffmpeg.FfmpegCommand {
  const command = Ffmpeg(run.input, { stdoutLines: 1 })
    .inputOptions([...CAREFUL, ...run.inputOptions])
    .outputOptions(run.outputOptions)
    .output(run.output);
  command._getFfmpegPath = (done) => done(null, ffmpeg);
  command._getFfprobePath = (done) => done(null, '');
  // It would list ffmpeg's formats first, in tables that ffmpeg 7 prints in another way.
  command._checkCapabilities = (done) => done();
  // Its types know no `null` error.
  command.availableEncoders = (done) => Reflect.apply(done, command, [null, {}]);
  const spawn = command._spawnFfmpeg.bind(command);
  command._spawnFfmpeg = (args, options, started, ended) => {
    const detached: SpawnOptions = { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] };
    try {
      // Where the program cannot be started it gives its own callback no lines to read, and dies of it.
      spawn(args, detached, started, (cause, out = NO_LINES, err = NO_LINES) => ended(cause, out, err));
    } catch (cause) {
      // Out of descriptors (EMFILE) a child has no ends for it to listen at: it dies of that, and the child's `error` comes later.
      if (!(cause instanceof TypeError)) ended(cause as Error, NO_LINES, NO_LINES);
    }
  };
  return command;
}

function killGroup(leader: ChildProcess | undefined): void {
  if (leader?.pid === undefined) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/** `00:01:02.50` -> 62500; what ffmpeg prints before it knows (`N/A`) -> 0. */
function msOf(timemark: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(timemark ?? '') ?? [];
  if (hours === undefined) return 0;
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

/** The first and the last lines of a talk of any length. */
class SaidLines {
  readonly #first: string[] = [];
  readonly #last: string[] = [];

  add(line: string): void {
    if (line.startsWith('size=') || line.startsWith('frame=')) return;
    const kept = this.#first.length < LINES_KEPT ? this.#first : this.#last;
    kept.push(line.slice(0, LINE_CHARS));
    if (this.#last.length > LINES_KEPT) this.#last.shift();
  }

  text(): string {
    return [...this.#first, ...this.#last].join('\n');
  }
}

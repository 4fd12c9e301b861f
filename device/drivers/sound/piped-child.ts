import {
  ChildProcess,
  type ChildProcessWithoutNullStreams,
  type SpawnOptions,
  spawn,
} from 'node:child_process';
import { Readable, Writable } from 'node:stream';

/**
 * A program with pipes to all three of its ends. When the descriptors have run out (EMFILE, ENFILE) Node gives a child without any
 * and emits `error` later; whoever touches its ends first would throw and hear nothing of it. Such a child gets ends that are closed, and
 * what Node throws at once (ENOMEM, E2BIG) comes by `error`, too.
 */
export function pipedChild(
  program: string,
  args: readonly string[],
  options: Omit<SpawnOptions, 'stdio'>,
): ChildProcessWithoutNullStreams {
  try {
    const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    const stdin: Writable | undefined = child.stdin;
    return stdin === undefined ? Object.assign(child, closedEnds()) : child;
  } catch (error) {
    const ends = closedEnds();
    const stdio = [ends.stdin, ends.stdout, ends.stderr, undefined, undefined] as const;
    const child = Object.assign(new ChildProcess(), { ...ends, stdio: [...stdio] as [...typeof stdio] });
    process.nextTick(() => child.emit('error', error));
    return child;
  }
}

function closedEnds(): Pick<ChildProcessWithoutNullStreams, 'stdin' | 'stdout' | 'stderr'> {
  return { stdin: new Writable().destroy(), stdout: Readable.from([]), stderr: Readable.from([]) };
}

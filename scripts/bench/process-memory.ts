import { readFile } from 'node:fs/promises';

const KIB_PER_MIB = 1_024;

/**
 * Resident memory of a process, MiB, of /proc/PID/status (proc(5)): now, at its highest (VmHWM), or without what is mapped from files
 * and can be read from them again (RssAnon).
 */
export async function residentMiB(
  pid: number | undefined,
  which: 'VmRSS' | 'VmHWM' | 'RssAnon' = 'VmRSS',
): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / KIB_PER_MIB;
}

/** Kernel ticks a second, as Linux tells user space on every machine we run on (sysconf(_SC_CLK_TCK)). */
const TICKS_A_SECOND = 100;

/** Processor time that a process has used by itself, seconds: utime and stime of /proc/PID/stat (proc(5)). */
export async function processorSeconds(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name stands in brackets and may hold anything; utime and stime are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

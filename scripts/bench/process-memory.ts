import { readFile } from 'node:fs/promises';

const KIB_PER_MIB = 1_024;

/** Resident memory of a process, MiB, now or at its highest: VmRSS or VmHWM of /proc/PID/status (proc(5)). */
export async function residentMiB(
  pid: number | undefined,
  which: 'VmRSS' | 'VmHWM' = 'VmRSS',
): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / KIB_PER_MIB;
}

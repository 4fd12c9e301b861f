import { vi } from 'vitest';

/** What a verb says, to an English terminal. Ends with `vi.restoreAllMocks` and `vi.unstubAllEnvs`. */
export function terminal(): { out: string; err: string } {
  const said = { out: '', err: '' };
  for (const [stream, name] of [
    [process.stdout, 'out'],
    [process.stderr, 'err'],
  ] as const)
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[name] += text;
      return true;
    });
  vi.stubEnv('LC_ALL', 'C');
  return said;
}

import { vi } from 'vitest';
import { run } from '../../../scripts/cli/run.ts';

/** What a verb did, as its caller sees it. */
export interface Did {
  code: number;
  out: string;
  err: string;
}

/** `prakat …` in this process, with what it wrote. */
export async function verbHere(words: string[], register: Parameters<typeof run>[1][number]): Promise<Did> {
  const did = { code: 0, out: '', err: '' };
  const keep = (stream: 'out' | 'err') => (text: unknown) => {
    did[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ];
  try {
    did.code = await run(words, [register]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return did;
}

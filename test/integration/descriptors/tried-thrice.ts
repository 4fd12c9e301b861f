import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';

/** How a process comes to lack something, and to have it again. */
export interface Shortage {
  begins(): unknown;
  ends(): unknown;
}

/**
 * Tries everything while there is enough, while there is not, and when there is again; each time one line of JSON on
 * standard output: what it was -> `works`, or what `codeOf` calls its error.
 */
export async function triedThrice(
  tries: Record<string, () => Promise<unknown>>,
  codeOf: (error: unknown) => string,
  shortage: Shortage = withoutDescriptors(),
): Promise<void> {
  const tryAll = async () => {
    const found: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(tries))
      found[name] = await attempt().then(() => 'works', codeOf);
    writeSync(1, `${JSON.stringify(found)}\n`);
  };
  await tryAll();
  await shortage.begins();
  await tryAll();
  await shortage.ends();
  await tryAll();
}

function withoutDescriptors(): Shortage {
  const taken: number[] = [];
  return {
    begins() {
      try {
        for (;;) taken.push(openSync('/dev/null', 'r'));
      } catch {
        // EMFILE: this is what it was for.
      }
    },
    ends() {
      for (const descriptor of taken) closeSync(descriptor);
    },
  };
}

/** Whoever started this process sets its limit, and answers when that is done. */
export function withoutProcesses(): Shortage {
  const ask = async (limit: 'one' | 'all') => {
    process.send?.(limit);
    await once(process, 'message');
  };
  return {
    begins: () => ask('one'),
    async ends() {
      await ask('all');
      process.disconnect();
    },
  };
}

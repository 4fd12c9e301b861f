import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Tries everything while there are descriptors, when the last is taken, and when they are free again; each time one line of JSON on
 * standard output: what it was -> `works`, or what `codeOf` calls its error.
 */
export async function triedThrice(
  tries: Record<string, () => Promise<unknown>>,
  codeOf: (error: unknown) => string,
): Promise<void> {
  const tryAll = async () => {
    const found: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(tries))
      found[name] = await attempt().then(() => 'works', codeOf);
    writeSync(1, `${JSON.stringify(found)}\n`);
  };
  await tryAll();
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch {
    // EMFILE: this is what it was for.
  }
  await tryAll();
  for (const descriptor of taken) closeSync(descriptor);
  await tryAll();
}

import { parseArgs } from 'node:util';
import { configAt, firstLoginWords, runServer, wordsOf } from './process.ts';

/** `node dist/server.mjs [--config FILE]`, as a process of its own: the bundle that systemd starts. */
const { values } = parseArgs({ options: { config: { type: 'string' } } });

try {
  process.exitCode = await runServer(await configAt(values.config), ({ firstLogin }) => {
    if (firstLogin === undefined) return;
    const { en, th } = firstLoginWords(firstLogin);
    process.stderr.write(`${en}\n${th}\n`);
  });
} catch (error) {
  process.stderr.write(`server: ${wordsOf(error)}\n`);
  process.exitCode = 1;
}

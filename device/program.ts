// First: it says how schemas are made.
import './main/plain-checks.ts';
import { parseArgs } from 'node:util';
import { runDevice, wordsOf } from './process.ts';

/** `device --config FILE [--enrol CODE --server URL]`, as a process of its own. */
const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    enrol: { type: 'string' },
    server: { type: 'string' },
  },
});

async function run(): Promise<number> {
  if (values.config === undefined) throw new Error('--config FILE is needed');
  return runDevice({
    configPath: values.config,
    ...(values.enrol !== undefined && { code: values.enrol }),
    ...(values.server !== undefined && { server: values.server }),
  });
}

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`device: ${wordsOf(error)}\n`);
    process.exitCode = values.config === undefined ? 2 : 1;
  },
);

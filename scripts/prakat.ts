import { run } from './cli.ts';
import { register as audio } from './commands/audio.ts';
import { register as bench } from './commands/bench.ts';
import { register as demo } from './commands/demo.ts';
import { register as device } from './commands/device.ts';
import { register as enrol } from './commands/enrol.ts';
import { register as explain } from './commands/explain.ts';
import { register as login } from './commands/login.ts';
import { register as panel } from './commands/panel.ts';
import { register as programme } from './commands/programme.ts';
import { register as push } from './commands/push.ts';
import { register as server } from './commands/server.ts';
import { register as stop } from './commands/stop.ts';
import { register as watch } from './commands/watch.ts';

/** The verbs in the order in which a newcomer meets them. */
const VERBS = [
  demo,
  server,
  device,
  login,
  enrol,
  push,
  stop,
  programme,
  explain,
  watch,
  panel,
  audio,
  bench,
];

process.exitCode = await run(process.argv.slice(2), VERBS);

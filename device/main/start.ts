import { join } from 'node:path';
import { runWithKeptCode } from '../drivers/kept-code.ts';

/** What systemd starts (dist/device.cjs): the agent's program, which lies beside it, with the code that was kept of it. */
runWithKeptCode({ path: join(__dirname, 'agent.cjs'), folder: process.env.CACHE_DIRECTORY });

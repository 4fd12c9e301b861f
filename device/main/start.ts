import { join } from 'node:path';
import { KEEP_AFTER_MS, runWithKeptCode } from '../drivers/kept-code.ts';
import { keepHeapSmall } from '../drivers/machine/small-heap.ts';

/** The start is over, and its code is kept. */
const AT_REST_AFTER_MS = KEEP_AFTER_MS + 1_000;

/** What systemd starts (dist/device.cjs): the agent's program, which lies beside it, with the code that was kept of it. */
runWithKeptCode({ path: join(__dirname, 'agent.cjs'), folder: process.env.CACHE_DIRECTORY });
setTimeout(keepHeapSmall, AT_REST_AFTER_MS).unref();

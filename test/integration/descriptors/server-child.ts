import { join } from 'node:path';
import { ChildPictureMaker } from '../../../server/drivers/media/picture-maker.ts';
import { runFfmpeg } from '../../../server/drivers/media/transcoder-command.ts';
import { SignerProcess } from '../../../server/drivers/signer/process.ts';
import { CommandSpeech } from '../../../server/drivers/speech/command.ts';
import { systemClock } from '../../../server/drivers/system-clock.ts';
import { isServerError } from '../../../server/errors.ts';
import { triedThrice } from './tried-thrice.ts';

/**
 * The programs that a server starts, tried before its descriptors run out, while there are none, and after. Run as
 * `node server-child.mjs <folder>`, in which a `signer.mjs` speaks its wire. Writes one line of JSON for each.
 */
const [folder = ''] = process.argv.slice(2);
const silent = { info() {}, warn() {}, error() {} };

const speech = new CommandSpeech({
  ...{ engine: 'command', program: '/bin/sh', args: ['-c', 'printf %s "$0" > "$1"', '{text}', '{out}'] },
  ...{ voice: 'หญิง', seconds: 10 },
});
const pictures = new ChildPictureMaker(() => join(folder, 'no-maker.mjs'));
const signer = new SignerProcess({
  ...{ child: join(folder, 'signer.mjs'), secrets: folder, logFile: folder, answer_ms: 2_000 },
  ...{ clock: systemClock(), log: silent },
});

const TRIES: Record<string, () => Promise<unknown>> = {
  speech: () => speech.say('น้ำท่วม โปรดระวัง'),
  'the sound of an upload': () =>
    runFfmpeg('/bin/true', {
      ...{ input: 'a.wav', inputOptions: [], outputOptions: [], output: 'b.opus' },
      ...{ deadlineMs: 5_000, signal: new AbortController().signal },
    }),
  'the picture of an upload': () => pictures.prepare('a.png', 'b.png'),
  // One that dies while there are no descriptors cannot be started again.
  'the signer': async () => {
    if (signer.pid !== undefined) process.kill(signer.pid, 'SIGKILL');
    await signer.publics();
  },
};

await signer.publics();
await triedThrice(TRIES, (error) => (isServerError(error) ? error.code : String(error)));
await signer.close();

import { createInterface } from 'node:readline';
import { isServerError } from '../../errors.ts';
import { SignerDesk } from '../../signer/signer-desk.ts';
import { secretFolder } from '../secret-folder.ts';
import { systemClock } from '../system-clock.ts';
import { SignerLog } from './log.ts';
import { SignerAsk, type SignerSays } from './wire.ts';

/**
 * The signer: the only process that reads the private halves. Arguments: the folder of the secrets, the file of its own log, `live` or `training`.
 * Asked and answers by lines (wire.ts); ends with its standard input.
 */
const [secrets = '', log = '', kind = 'live'] = process.argv.slice(2);
const book = new SignerLog(log);
const desk = await SignerDesk.open({
  secrets: secretFolder(secrets),
  training: kind === 'training',
  clock: systemClock(),
  tell: (key, claims, document) => book.tell(key, claims, document),
});

async function done(ask: SignerAsk): Promise<Omit<SignerSays, 'id'>> {
  if (ask.do === 'publics') return { publics: await desk.publics() };
  if (ask.do === 'trust') return desk.trust(ask.ids).then(() => ({}));
  return { signature: (await desk.sign(ask.document)).signature };
}

async function answered(line: string): Promise<void> {
  const ask = SignerAsk.parse(JSON.parse(line));
  const says = await done(ask).catch((error: unknown) => ({ refused: refusalIn(error) }));
  say(`${JSON.stringify({ id: ask.id, ...says })}\n`);
}

let unsaid = '';

/** All lines of one turn are one write. */
function say(line: string): void {
  if (unsaid === '') setImmediate(sayAll);
  unsaid += line;
}

function sayAll(): void {
  process.stdout.write(unsaid);
  unsaid = '';
}

function refusalIn(error: unknown): { code: string; why: string } {
  if (isServerError(error))
    return { code: error.code, why: String(error.context.why ?? error.context.what ?? '') };
  return { code: 'internal', why: error instanceof Error ? error.message : String(error) };
}

// The server's Ctrl-C is not ours: what it has begun it may still have signed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) await answered(line);
sayAll();
book.close();
process.exit(0);

import { join } from 'node:path';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { ServerConfig } from '../config.ts';
import { builtProgram } from '../drivers/built-program.ts';
import { SignerLog } from '../drivers/signer/log.ts';
import { SignerProcess } from '../drivers/signer/process.ts';
import { type KeyNeeds, openKeySet, refuseStrangers } from '../keys/key-ring.ts';
import type { Clock, Log } from '../ports.ts';
import { SignerDesk } from '../signer/signer-desk.ts';
import type { KeyedSigner } from '../signer/signer-port.ts';

/**
 * The signer that the configuration names, and the key set that the halls are given. Rejects `data-invalid` where they do
 * not belong together.
 */
export async function openSigner(
  config: Pick<ServerConfig, 'data' | 'signer' | 'training'>,
  needs: KeyNeeds & { clock: Clock; log: Log },
): Promise<{ signer: KeyedSigner; set: KeySet }> {
  const set = await openKeySet({ ...needs, training: config.training });
  const signer = await started(config, needs);
  try {
    refuseStrangers(set, await signer.publics());
    await signer.trust(set.keys.map(({ id }) => id));
    return { signer, set };
  } catch (error) {
    await signer.close();
    throw error;
  }
}

async function started(
  { data, signer, training }: Pick<ServerConfig, 'data' | 'signer' | 'training'>,
  { secrets, clock, log }: KeyNeeds & { clock: Clock; log: Log },
): Promise<KeyedSigner> {
  const logFile = join(data, 'signer.log');
  if (signer === 'inside') {
    const book = new SignerLog(logFile);
    return SignerDesk.open({ secrets, training, clock, tell: (...told) => book.tell(...told) });
  }
  return new SignerProcess({
    ...{ child: builtProgram('signer-child.mjs'), secrets: join(data, 'secrets'), logFile, training },
    ...{ clock, log },
  });
}

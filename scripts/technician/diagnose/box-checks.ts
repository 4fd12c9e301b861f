import { linuxMachine } from '../../../device/drivers/machine/linux-machine.ts';
import { explain } from '../../../device/health/checks/explained-check.ts';
import { Failed } from '../../cli.ts';
import type { LocalAgent } from '../local-agent.ts';
import type { ToldCheck, Visit } from './visit.ts';

/** Its own, so that an agent that hangs in the middle of one does not meddle with it. */
const CANARY = '.canary-diagnose';

/** The checks of the hall as of this moment, looked at once in a visit. Never rejects. */
export function boxChecks(
  agent: LocalAgent,
  data: string,
  running: Visit['running'],
): () => Promise<ToldCheck[]> {
  let looked: Promise<ToldCheck[]> | undefined;
  return () => {
    looked ??= look(agent, data, running);
    return looked;
  };
}

/** The agent knows more than the box shows; where none answers, the same table is gone through here. */
async function look(agent: LocalAgent, data: string, running: Visit['running']): Promise<ToldCheck[]> {
  const told = running === undefined ? [] : await askedOf(agent).catch(() => []);
  return told.length > 0 ? told : await lookedAtHere(data);
}

async function askedOf(agent: LocalAgent): Promise<ToldCheck[]> {
  try {
    return (await agent.ask('checks', { now: true })).checks;
  } catch (error) {
    // An agent of before `now`: what it saw within the last minute.
    if (!(error instanceof Failed) || error.code !== 'malformed') throw error;
    return (await agent.ask('checks', {})).checks;
  }
}

/** Without an agent: what the machine shows of itself, by the agent's own table. */
export async function lookedAtHere(
  data: string,
  places: { proc?: string; sys?: string; modem?: () => Promise<string> } = {},
): Promise<ToldCheck[]> {
  return explain({ machine: await linuxMachine({ data, canary: CANARY, ...places }).read(true) });
}

import type { Tested } from '../../../firmware-protocol/local/verbs.ts';
import type { InputLevel } from '../../../firmware-protocol/mqtt/messages.ts';
import type { LocalAgent } from '../local-agent.ts';

/** Whoever makes the hall sound and show: the running agent, or this program with the hall's hardware in its own hands. */
export interface Tester {
  /** At a share of the hall's level, percent. `atNight`: also in the quiet hours, because the person at the tower said so. */
  tone(level: number, atNight?: boolean): Promise<Tested>;
  /** Whether the sound card could be opened the last time: without it the amplifier is not switched on. */
  hasSound(): Promise<boolean>;
  amplifier(): Promise<Tested>;
  sign(): Promise<Tested>;
  lamps(): Promise<Tested>;
  inputs(): Promise<InputLevel[]>;
}

/** Through the playout of the agent: reported, under the ladder and the laws, without stopping anything. */
export function agentTester(agent: LocalAgent): Tester {
  return {
    tone: (level, atNight) => agent.ask('test-tone', { level, ...(atNight && { at_night: true }) }),
    hasSound: async () => {
      const { checks } = await agent.ask('checks', {});
      return checks.find(({ check }) => check === 'sound card')?.result !== 'bad';
    },
    amplifier: () => agent.ask('amplifier-test', {}),
    sign: () => agent.ask('sign-test', {}),
    lamps: () => agent.ask('sign-lamps', {}),
    inputs: async () => (await agent.ask('input-levels', {})).inputs,
  };
}

import { OrderDesk } from '../../../device/orders/desk.ts';
import type { Here } from '../../../device/orders/here.ts';
import type { Claim } from '../../../device/ports.ts';
import type { Output } from '../../../firmware-protocol/content/band.ts';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import { FLOOD_ALERT, FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { DEVICE, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';
import type { Script } from '../playout/scripted-performer.ts';
import { setStage } from '../playout/stage.ts';

export const { server, time } = new World();
export const to = [VILLAGE];

/** A desk over a real playout, and a store that can be asked only when `answers` lets it. */
export function setDesk(scripts: Record<string, Script> = {}) {
  const stage = setStage(scripts);
  const { clock, journal, playout } = stage;
  clock.stepWall(time.wall() - clock.wall());
  const here = (): Here => ({
    ...{ device: DEVICE, village: VILLAGE, keys: server.keySet },
    ...{ now: clock.wall(), trust: told.trust, bootNonce: 'nonce' },
  });
  const told = {
    trust: 'server' as Here['trust'],
    refused: [] as (string | undefined)[],
    failed: [] as unknown[],
  };
  const disk = { answers: Promise.resolve() };
  const open: Claim[] = [];
  const needs = {
    ...{ here, boot: 7, clock, journal, playout },
    store: {
      claim: async (play: string, output: 'tower' | 'panel') => {
        await disk.answers;
        return journal.claims.get(`${play} ${output}`);
      },
      claimed: async (plays: string[]) => {
        await disk.answers;
        const held = new Set([...journal.claims.values()].map(({ play }) => play));
        return { plays: plays.filter((play) => held.has(play)), forgotBefore: 0 };
      },
      fact: async () => {
        await disk.answers;
        return undefined;
      },
      openClaims: async () => open,
    },
    refuse: ({ what, refused }: { what?: string; refused: string }) =>
      void told.refused.push(`${refused} ${what}`),
    failed: (error: unknown) => void told.failed.push(error),
  };
  const desk = new OrderDesk(needs);
  const take = (order: Order) => desk.take({ payload: Buffer.from(JSON.stringify(order)), retained: false });
  return { ...stage, desk, take, told, disk, open, needs };
}

export const NEVER = new Promise<void>(() => {});
export const stop = (stops: string) => server.make({ kind: 'stop', to, stops });
export const notice = () => server.make({ ...FLOOD_NOTICE, to, outputs: ['tower'] });
export const alert = (outputs: Output[] = ['tower']) => server.make({ ...FLOOD_ALERT, to, outputs });
export const LONG = { performMs: 30_000 };

import { DurableDisk, SimStore } from '../../../scripts/virtual-world/durable-disk.ts';
import { Life } from '../../../scripts/virtual-world/life.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { storeSuite } from './store-suite.ts';

/** What the simulations build on is a store like the real one. */
storeSuite('the virtual disk', async () => {
  const life = new Life(new VirtualClock(0), () => 0);
  const disks = new Map<number | undefined, DurableDisk>();
  return {
    open: async (reportBytes) => {
      const disk = disks.get(reportBytes) ?? new DurableDisk(reportBytes);
      disks.set(reportBytes, disk);
      return new SimStore(disk, life, () => undefined);
    },
    end: async () => {},
  };
});

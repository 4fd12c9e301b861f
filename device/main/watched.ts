import { systemClock } from '../drivers/machine/system-clock.ts';
import { systemdSupervisor } from '../drivers/machine/systemd-notify.ts';
import type { RunningDevice } from '../main.ts';
import { Watchdog } from '../supervision/watchdog.ts';

/** From here on the supervisor knows that the hall listens, and is told while everything in it turns. */
export function watched({ agent, identity, log }: RunningDevice): { stop: () => void } {
  const supervisor = systemdSupervisor(process.env, log);
  const watchdog = new Watchdog({ supervisor, clock: systemClock, log, turnings: agent.turnings() });
  supervisor.ready();
  supervisor.says(`${identity.device} ${identity.village}`);
  watchdog.start();
  return {
    stop: () => {
      watchdog.stop();
      supervisor.stopping();
    },
  };
}

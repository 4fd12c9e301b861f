import type { Architecture } from '../../firmware-protocol/content/release.ts';
import type { Slots } from '../update-ports.ts';

/** What an agent needs that is to replace itself. */
export interface UpdateKit {
  slots: Slots;
  architecture: Architecture;
  /** The text of a file. */
  read: (path: string) => Promise<string>;
  /** Ends the process in good order, to be started again by the launcher. */
  restart: () => void;
}

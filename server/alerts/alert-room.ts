import type { AlertDesk, Received } from './alert-desk.ts';

/** The desk for alerts and what stands around it, as the rest of the server sees it. */
export interface AlertRoom {
  desk: Pick<AlertDesk, 'list' | 'get' | 'approve' | 'reject'>;
  /** Every alert of a file, and the CAP message that its sender is answered; undefined = none. */
  receive: (bytes: Uint8Array, via: string) => Promise<(Received & { reply: string | undefined })[]>;
  /** As we are called in CAP. */
  sender: string;
  mediaUrl: (sha256: string) => string;
  start: () => void;
  stop: () => Promise<void>;
}

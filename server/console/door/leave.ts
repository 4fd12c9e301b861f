import { forgetKept } from '../house/kept-input.ts';
import { eraseRecordings } from '../media/recordings.ts';
import { logOut } from './session.ts';

/** Logs off; what was being written or recorded goes with the account, and the page begins anew. */
export async function leave(): Promise<void> {
  await logOut();
  forgetKept();
  // A browser that keeps nothing has nothing to erase.
  await eraseRecordings().catch(() => {});
  location.reload();
}

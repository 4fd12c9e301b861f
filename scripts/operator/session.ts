import { OperatorClient } from './client.ts';
import { loadProfile, type Profile } from './profile.ts';

/** Logs on as the operator of the profile, does the work, and logs off whatever happened. */
export async function asOperator(
  work: (operator: OperatorClient, profile: Profile) => Promise<void>,
): Promise<void> {
  const profile = await loadProfile();
  const operator = await OperatorClient.connect(profile);
  try {
    await work(operator, profile);
  } finally {
    await operator.close();
  }
}

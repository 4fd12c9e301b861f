import type { SayAnswer, SayRequest } from '../../firmware-protocol/mqtt/requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

/** Makes speech of a text, to be listened to before it is pushed: it is then in the library. */
export async function say(
  asker: OperatorIdentity,
  { text }: SayRequest,
  { speech }: RequestNeeds,
): Promise<SayAnswer> {
  const { media, voice } = await speech.say(text, asker.user);
  const { sha256, bytes, ms, title } = media;
  return { sha256, bytes, ms, title, voice };
}

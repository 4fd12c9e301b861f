import type { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { PaperHall } from './paper-hall.ts';

/** From now on the hall answers what its sign shows; resolves with the count of how often it was asked. */
export async function answersScreens(hall: PaperHall, screen: Screen): Promise<() => number> {
  let asked = 0;
  const topic = topicOf('deviceRequest', { ...hall.topic, what: 'screen' });
  hall.guest?.client.on('message', (heard, payload) => {
    if (heard !== topic) return;
    asked += 1;
    const { transaction } = JSON.parse(payload.toString());
    const answer = JSON.stringify({ status: 'ok', data: screen, transaction });
    void hall.guest?.publish(topicOf('deviceResponse', { ...hall.topic, what: 'screen' }), answer);
  });
  await hall.guest?.subscribe(topic);
  return () => asked;
}

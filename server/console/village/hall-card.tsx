import { OUTPUTS } from '../../../firmware-protocol/content/band.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useWords } from '../words/language.ts';
import { useAsked } from './use-asked.ts';
import { VILLAGE_WORDS } from './village-words.ts';

type Hall = AnswerTo<'devices'>['devices'][number];

const LOOK_AGAIN_MS = 10_000;

/** Whether the tower is there, what of it does not work, and what it says now. */
export function HallCard({ village }: { village: string }) {
  const say = useWords(VILLAGE_WORDS);
  const { data, isOffline } = useAsked('devices', { area: village }, LOOK_AGAIN_MS);
  return (
    <section className="card" aria-label={say('hall')}>
      <h2>{say('hall')}</h2>
      {isOffline && (
        <p className="failure" role="status">
          {say('offline')}
        </p>
      )}
      {data?.devices.map((hall) => (
        <HallLine key={hall.device} hall={hall} />
      ))}
    </section>
  );
}

function HallLine({ hall }: { hall: Hall }) {
  const say = useWords(VILLAGE_WORDS);
  const online = hall.presence?.state === 'online';
  const outputs = hall.state?.outputs ?? {};
  const broken = OUTPUTS.filter((output) => outputs[output]?.works === false).map((output) => say(output));
  const title = OUTPUTS.map((output) => outputs[output]?.title).find((each) => each !== undefined);
  return (
    <div>
      <p>
        {hall.name}{' '}
        <strong className={online ? 'good' : 'bad'}>
          {online ? '✓' : '✗'} {say(online ? 'online' : 'away')}
        </strong>
      </p>
      {broken.length > 0 && <p className="bad">{say('fault', { what: broken.join(', ') })}</p>}
      {online && title !== undefined && <p>{say('playing', { title })}</p>}
    </div>
  );
}

import { Paper, Title } from '@mantine/core';
import { useSession } from '../door/use-session.tsx';
import { agoWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useLineState, useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS, type DiagnoseWord } from './diagnose-words.ts';

/** The MQTT client of this page, as it is at this moment. */
export function LineCard() {
  const say = useWords(DIAGNOSE_WORDS);
  const lang = useLanguage();
  const { live } = useWire();
  const { user } = useSession();
  const state = useLineState();
  const now = useNow();
  const { heard, sent, heardAt } = live.traffic;
  const ago = (at: number) => agoWords(at, now, lang);
  const facts: [DiagnoseWord, string][] = [
    ['state', say(state)],
    ['since', ago(live.since)],
    ['address', `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/mqtt`],
    ['user', user],
    ['heard', String(heard)],
    ['heardAt', heardAt === undefined ? '' : ago(heardAt)],
    ['sent', String(sent)],
    ['browser', navigator.userAgent],
  ];
  return (
    <Paper component="section" withBorder p="md" aria-label={say('liveLine')}>
      <Title order={2} size="h5" mb="xs">
        {say('liveLine')}
      </Title>
      <dl className="facts">
        {facts.map(([word, value]) => (
          <div key={word}>
            <dt>{say(word)}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}

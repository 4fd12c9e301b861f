import './diagnose.css';
import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS } from './diagnose-words.ts';
import { ExchangeCard } from './exchange-card.tsx';
import { LineCard } from './line-card.tsx';
import { OrderCard } from './order-card.tsx';
import { ServerCard } from './server-card.tsx';
import { StepCard } from './step-card.tsx';

/** Where it is stuck, for who has somebody on the telephone. */
export default function DiagnoseRoom() {
  const say = useWords(DIAGNOSE_WORDS);
  return (
    <Stack>
      <div>
        <Title order={1} size="h3">
          {say('title')}
        </Title>
        <Text c="dimmed">{say('about')}</Text>
      </div>
      <div className="diagnose-cards">
        <Stack>
          <StepCard />
          <LineCard />
        </Stack>
        <Stack>
          <ServerCard />
          <OrderCard />
        </Stack>
      </div>
      <ExchangeCard />
    </Stack>
  );
}

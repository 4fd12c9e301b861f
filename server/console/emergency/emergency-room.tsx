import { Alert, Grid, Stack, Text, Title } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { LiveOrderCard } from '../alarm/live-order-card.tsx';
import { useLiveOrders } from '../alarm/use-live-orders.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { useWords } from '../words/language.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';
import { WaitingWarnings } from './waiting-warnings.tsx';
import { WarningForm } from './warning-form.tsx';

/** A warning from its words to its end; what is in force stands beside it, always. */
export default function EmergencyRoom() {
  const say = useWords(EMERGENCY_WORDS);
  const { training } = useSession();
  const maySpeak = useRight('speak');
  const { known, alerts } = useLiveOrders();
  return (
    <Stack>
      <div>
        <RoomTitle>{say('heading')}</RoomTitle>
        <Text c="dimmed">{say('intro')}</Text>
      </div>
      {training && (
        <Alert color="orange" variant="filled" icon={<IconSchool aria-hidden />} title={say('training')}>
          {say('testing')}
        </Alert>
      )}
      <Grid>
        {maySpeak && (
          <Grid.Col span={{ base: 12, lg: 7 }} order={{ base: 2, lg: 1 }}>
            <WarningForm />
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, lg: maySpeak ? 5 : 12 }} order={{ base: 1, lg: 2 }}>
          <Stack className="beside-form">
            <WaitingWarnings />
            <Title order={2} size="h3">
              {say('inForce')}
            </Title>
            {known && alerts.length === 0 && <Text c="dimmed">{say('noneInForce')}</Text>}
            {alerts.map((order) => (
              <LiveOrderCard key={order.order} order={order} />
            ))}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

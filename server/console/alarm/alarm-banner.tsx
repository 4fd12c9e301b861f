import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { agoWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { ALARM_WORDS } from './alarm-words.ts';
import { useLiveOrders } from './use-live-orders.ts';

/** In every room, as long as a warning is in force in the account's areas. */
export function AlarmBanner() {
  const say = useWords(ALARM_WORDS);
  const lang = useLanguage();
  const now = useNow('second');
  const { alerts } = useLiveOrders();
  if (alerts.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="filled"
      icon={<IconAlertTriangle aria-hidden />}
      title={say('live', { count: alerts.length })}
      role="status"
      mb="md"
    >
      <List size="sm">
        {alerts.map(({ order, title, issued_at, by }) => (
          <List.Item key={order}>
            {title} · {say('since', { ago: agoWords(issued_at, now, lang), by })}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

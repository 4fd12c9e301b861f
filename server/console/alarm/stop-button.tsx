import { Button, Indicator } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHandStop } from '@tabler/icons-react';
import { useWords } from '../words/language.ts';
import { ALARM_WORDS } from './alarm-words.ts';
import { StopDrawer } from './stop-drawer.tsx';
import { useLiveOrders } from './use-live-orders.ts';

/** Always in view: silence is never dangerous to ask for, and a false warning is taken back in seconds. */
export function StopButton() {
  const say = useWords(ALARM_WORDS);
  const [opened, { open, close }] = useDisclosure(false);
  const { alerts } = useLiveOrders();
  return (
    <>
      <Indicator label={alerts.length} disabled={alerts.length === 0} size={18} color="red">
        <Button color="red" leftSection={<IconHandStop size={18} aria-hidden />} onClick={open}>
          {say('stop')}
        </Button>
      </Indicator>
      <StopDrawer opened={opened} onClose={close} />
    </>
  );
}

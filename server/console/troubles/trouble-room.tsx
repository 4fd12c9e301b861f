import { Badge, Button, Card, Group, Modal, Skeleton, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAreaName } from '../areas/use-area.ts';
import { useRight } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer, useOrder } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { TROUBLE_WORDS } from './trouble-words.ts';

type Trouble = AnswerTo<'troubles'>['troubles'][number];

const LOOK_AGAIN_MS = 60_000;
const TEXT_MOST = 500;

/** What people say is wrong, until somebody says what was done. */
export default function TroubleRoom() {
  const say = useWords(TROUBLE_WORDS);
  const [closed, setClosed] = useState(false);
  const { data, error } = useAnswer('troubles', { closed }, { refetchInterval: LOOK_AGAIN_MS });
  return (
    <Stack maw={820}>
      <Group justify="space-between">
        <RoomTitle>{say('heading')}</RoomTitle>
        <Switch
          label={say('closedToo')}
          checked={closed}
          onChange={(event) => setClosed(event.currentTarget.checked)}
        />
      </Group>
      <Text c="dimmed">{say('intro')}</Text>
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={120} />}
      {data?.troubles.length === 0 && <Text>{say('nothing')}</Text>}
      {data?.troubles.map((trouble) => (
        <TroubleCard key={trouble.trouble} trouble={trouble} />
      ))}
      {data?.more && <Text c="dimmed">{say('more')}</Text>}
    </Stack>
  );
}

function TroubleCard({ trouble }: { trouble: Trouble }) {
  const say = useWords(TROUBLE_WORDS);
  const lang = useLanguage();
  const mayClose = useRight('enrol');
  const village = useAreaName(trouble.village);
  const { by, at, closed_by, closed_at, done } = trouble;
  return (
    <Card withBorder component="article">
      <Stack gap={4}>
        <Group gap="xs">
          <Badge tt="none">{say(trouble.part)}</Badge>
          <Text fw={600}>{village}</Text>
        </Group>
        <Text style={{ whiteSpace: 'pre-wrap' }}>{trouble.text}</Text>
        <Text size="sm" c="dimmed">
          {say('by', { by, at: timeWords(at, 'moment', lang) })}
        </Text>
        {closed_by !== undefined && closed_at !== undefined && (
          <Text size="sm">
            {say('closedBy', { by: closed_by, at: timeWords(closed_at, 'moment', lang) })}: {done}
          </Text>
        )}
        {mayClose && closed_by === undefined && <CloseTrouble trouble={trouble.trouble} />}
      </Stack>
    </Card>
  );
}

function CloseTrouble({ trouble }: { trouble: string }) {
  const say = useWords(TROUBLE_WORDS);
  const close = useOrder('troubles', ['troubles']);
  const [opened, { open, close: shut }] = useDisclosure(false);
  const [text, setText] = useState('');
  const send = () => close.mutate({ change: 'close', trouble, text: text.trim() }, { onSuccess: shut });
  return (
    <Group>
      <Button variant="default" onClick={open}>
        {say('close')}
      </Button>
      <Modal opened={opened} onClose={shut} title={say('close')}>
        <Stack>
          <Textarea
            data-autofocus
            label={say('done')}
            maxLength={TEXT_MOST}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FailureNote error={close.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={shut}>
              {say('cancel')}
            </Button>
            <Button disabled={text.trim() === ''} loading={close.isPending} onClick={send}>
              {say('save')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

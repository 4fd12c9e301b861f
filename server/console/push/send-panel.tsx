import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconPlugConnectedX, IconSend } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { serverNow } from '../door/session.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useNow } from '../time/use-now.ts';
import { useWords } from '../words/language.ts';
import { type AnnounceDraft, type Lack, lacksOf, pushOf } from './announce-draft.ts';
import { CheckPanel } from './check-panel.tsx';
import { PUSH_WORDS } from './push-words.ts';
import type { NamedPush } from './sending.ts';
import { usePlan } from './use-plan.ts';
import type { Outbox } from './use-sending.ts';

const LACK_WORDS = {
  to: 'lackTo',
  content: 'lackContent',
  outputs: 'lackOutputs',
} as const satisfies Record<Lack, string>;

interface Props {
  draft: AnnounceDraft;
  outbox: Outbox;
  onClear: () => void;
}

/** What it would meet, and the way out. */
export function SendPanel({ draft, outbox, onClear }: Props) {
  const session = useSession();
  const { data, error } = usePlan(draft, serverNow(session));
  const { sending } = outbox;
  return (
    <Stack gap="sm">
      {draft.to.length > 0 && (
        <CheckPanel plan={data} error={error} hasContent={lacksOf(draft).length === 0} />
      )}
      <FailureNote error={outbox.error} />
      {sending.name === 'idle' && (
        <Ready draft={draft} outbox={outbox} onClear={onClear} held={(data?.needs.length ?? 0) > 0} />
      )}
      {sending.name === 'counting' && <Counting {...sending} outbox={outbox} />}
      {sending.name === 'sending' && <Sending />}
      {sending.name === 'unanswered' && <Unanswered {...sending} outbox={outbox} />}
    </Stack>
  );
}

function Ready({ draft, outbox, onClear, held }: Props & { held: boolean }) {
  const say = useWords(PUSH_WORDS);
  const session = useSession();
  const maySpeak = useRight('speak');
  const lacks = lacksOf(draft);
  const begin = () => {
    const push = pushOf(draft, serverNow(session));
    if (push !== undefined) outbox.begin(push, held);
  };
  return (
    <>
      {lacks.length > 0 && (
        <Text size="sm" c="dimmed" role="status">
          {say('lacking', { what: lacks.map((lack) => say(LACK_WORDS[lack])).join(', ') })}
        </Text>
      )}
      <Group>
        <Button
          size="md"
          leftSection={<IconSend size={18} aria-hidden />}
          disabled={lacks.length > 0 || !maySpeak}
          onClick={begin}
        >
          {say(held ? 'sendHeld' : 'send')}
        </Button>
        <Button size="md" variant="subtle" color="gray" onClick={onClear}>
          {say('clear')}
        </Button>
      </Group>
    </>
  );
}

function Counting({ push, until, outbox }: { push: NamedPush; until: number; outbox: Outbox }) {
  const say = useWords(PUSH_WORDS);
  const left = Math.max(0, until - useNow('second'));
  const send = useEffectEvent(() => void outbox.send(push));
  useEffect(() => {
    const timer = setTimeout(send, Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return (
    <Alert color="green" role="alertdialog" aria-label={say('send')}>
      <Stack gap="sm">
        <Text fw={600} className="tabular">
          {say('counting', { count: Math.ceil(left / 1_000) })}
        </Text>
        <Group>
          <Button
            variant="filled"
            color="dark"
            autoFocus
            leftSection={<IconArrowBackUp size={18} aria-hidden />}
            onClick={outbox.undo}
          >
            {say('undo')}
          </Button>
          <Button variant="default" onClick={() => void outbox.send(push)}>
            {say('sendNow')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Sending() {
  const say = useWords(PUSH_WORDS);
  return (
    <Button size="md" loading aria-label={say('sending')}>
      {say('sending')}
    </Button>
  );
}

function Unanswered({ push, outbox }: { push: NamedPush; outbox: Outbox }) {
  const say = useWords(PUSH_WORDS);
  return (
    <Alert
      color="orange"
      role="alert"
      icon={<IconPlugConnectedX aria-hidden />}
      title={say(outbox.error === undefined ? 'unanswered' : 'unknown')}
      styles={{ title: { color: 'var(--poor)' } }}
    >
      <Stack gap="sm">
        <Text size="sm">{say('unansweredWhy')}</Text>
        <Group>
          <Button onClick={() => void outbox.send(push)}>{say('sendOnce')}</Button>
          <Button variant="default" onClick={() => void outbox.giveUp(push.order)}>
            {say('giveUp')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

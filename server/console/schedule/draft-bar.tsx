import {
  Alert,
  Badge,
  Button,
  Collapse,
  Group,
  Menu,
  Modal,
  Paper,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCalendarEvent,
  IconCalendarShare,
  IconChecks,
  IconCircleCheck,
  IconDots,
  IconHistory,
  IconPencil,
  IconTrash,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useRight } from '../door/use-session.tsx';
import { agoWords, timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { HEARING_WORDS } from './hearing/hearing-words.ts';
import { CheckList, isGrave } from './publish/check-list.tsx';
import { PUBLISH_WORDS } from './publish/publish-words.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { useIsNarrow } from './use-is-narrow.ts';
import type { Conflict } from './use-plan.ts';

export type DraftAct = 'publish' | 'versions' | 'delivery' | 'ical' | 'calendars';

interface Props {
  area: string;
  draft: AnswerTo<'draft'>;
  onAct: (act: DraftAct) => void;
  onDiscard: () => Promise<void>;
  onGo: (conflict: Conflict) => void;
}

/** How the plan stands: as published or drafted, what stands against it, what waits for a second person. */
export function DraftBar({ area, draft, onAct, onDiscard, onGo }: Props) {
  const say = useWords(PUBLISH_WORDS);
  const maySpeak = useRight('speak');
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const { conflicts } = draft.check;
  const grave = conflicts.filter(isGrave).length;
  return (
    <>
      <WaitingNote area={area} />
      <Paper withBorder px="sm" py={6}>
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Standing draft={draft} />
            <Button
              size="compact-sm"
              variant="subtle"
              color={grave > 0 ? 'red' : 'gray'}
              leftSection={
                grave > 0 ? (
                  <IconAlertTriangle size={16} aria-hidden />
                ) : (
                  <IconCircleCheck size={16} aria-hidden />
                )
              }
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {conflicts.length === 0
                ? say('clear')
                : grave > 0
                  ? say('conflicts', { count: grave })
                  : say('warnings', { count: conflicts.length })}
            </Button>
          </Group>
          <Group gap="xs">
            {maySpeak && (
              <Button
                leftSection={<IconChecks size={16} aria-hidden />}
                disabled={!draft.draft}
                onClick={() => onAct('publish')}
              >
                {say('publish')}
              </Button>
            )}
            <MoreMenu canDiscard={maySpeak && draft.draft} onAct={onAct} onDiscard={() => setSure(true)} />
          </Group>
        </Group>
        <Collapse expanded={open}>
          <div style={{ paddingBlock: 8 }}>
            <CheckList check={draft.check} onGo={onGo} />
          </div>
        </Collapse>
      </Paper>
      <Modal opened={sure} onClose={() => setSure(false)} title={say('discard')}>
        <Text>{say('discardSure')}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setSure(false)}>
            {say('keep')}
          </Button>
          <Button color="red" onClick={() => void onDiscard().finally(() => setSure(false))}>
            {say('discard')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function Standing({ draft: { draft, based_on, by, changed_at } }: Pick<Props, 'draft'>) {
  const say = useWords(PUBLISH_WORDS);
  const words = useWords(SCHEDULE_WORDS);
  const language = useLanguage();
  const now = useNow();
  // On a telephone the calendar has to begin before the screen ends: it is told to who hears.
  const isNarrow = useIsNarrow();
  if (!draft)
    return <Text size="sm">{based_on === 0 ? say('never') : say('noDraft', { version: based_on })}</Text>;
  const since = say(based_on === 0 ? 'firstDraft' : 'hasDraft', {
    version: based_on,
    by: by ?? '',
    ago: changed_at === undefined ? '' : agoWords(changed_at, now, language),
  });
  return (
    <>
      <Badge
        color="yellow"
        variant="light"
        c="var(--mantine-color-text)"
        tt="none"
        leftSection={<IconPencil size={12} aria-hidden />}
      >
        {words('unpublished')}
      </Badge>
      {isNarrow ? <VisuallyHidden>{since}</VisuallyHidden> : <Text size="sm">{since}</Text>}
    </>
  );
}

interface MenuProps {
  canDiscard: boolean;
  onAct: Props['onAct'];
  onDiscard: () => void;
}

function MoreMenu({ canDiscard, onAct, onDiscard }: MenuProps) {
  const say = useWords(PUBLISH_WORDS);
  const hearing = useWords(HEARING_WORDS);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots size={16} aria-hidden />}>
          {say('more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => onAct('versions')}>
          {say('versions')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTruckDelivery size={16} aria-hidden />}
          onClick={() => onAct('delivery')}
        >
          {say('delivery')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCalendarEvent size={16} aria-hidden />}
          onClick={() => onAct('calendars')}
        >
          {hearing('calendars')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCalendarShare size={16} aria-hidden />} onClick={() => onAct('ical')}>
          {hearing('ical')}
        </Menu.Item>
        {canDiscard && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDiscard}>
              {say('discard')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A programme of this area that a second person has not decided yet. */
function WaitingNote({ area }: { area: string }) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const { data } = useAnswer('approvals', {});
  const held = data?.held.find(({ programme, state }) => programme?.area === area && state === 'waiting');
  if (held === undefined) return null;
  return (
    <Alert color="yellow" icon={<IconArrowBackUp aria-hidden />} role="status">
      <Group justify="space-between">
        <Text size="sm">
          {say('waiting', { by: held.by, until: timeWords(held.until, 'moment', language) })}
        </Text>
        <Button component={Link} to="/approvals" size="compact-sm" variant="default">
          {say('toApprovals')}
        </Button>
      </Group>
    </Alert>
  );
}

import { Card, Grid, Stack, Title } from '@mantine/core';
import { useKept } from '../house/kept-input.ts';
import { SignPreview } from '../signs/sign-preview.tsx';
import { TargetPicker } from '../targets/target-picker.tsx';
import { useWords } from '../words/language.ts';
import { type AnnounceDraft, EMPTY, shownOf } from './announce-draft.ts';
import { ContentFields } from './content-fields.tsx';
import './push.css';
import { PUSH_WORDS } from './push-words.ts';
import { SaveAs } from './saved/save-as.tsx';
import { SavedChoice } from './saved/saved-choice.tsx';
import { SendPanel } from './send-panel.tsx';
import { useSending } from './use-sending.ts';
import { WhenFields } from './when-fields.tsx';

/** Whom, what and when on one side; what it would meet, and the button, on the other, always in view on a desk. */
export function AnnounceForm() {
  const say = useWords(PUSH_WORDS);
  const [draft, setDraft, clear] = useKept<AnnounceDraft>('push', EMPTY);
  const outbox = useSending(clear);
  const shown = shownOf(draft);
  const set = (change: Partial<AnnounceDraft>) => setDraft((now) => ({ ...now, ...change }));
  return (
    <Grid>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        {/* What is on its way is not changed any more. */}
        <fieldset className="plain-fieldset" disabled={outbox.sending.name !== 'idle'}>
          <Stack>
            <Part title={say('step1')}>
              <TargetPicker chosen={draft.to} onChoose={(to) => set({ to })} />
            </Part>
            <Part title={say('step2')}>
              <SavedChoice draft={draft} onTake={setDraft} />
              <ContentFields draft={draft} onChange={set} />
              <SaveAs draft={draft} />
            </Part>
            <Part title={say('step3')}>
              <WhenFields draft={draft} onChange={set} />
            </Part>
          </Stack>
        </fieldset>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <div className="send-side">
          <Part title={say('step4')}>
            <SendPanel draft={draft} outbox={outbox} onClear={clear} />
            {shown !== undefined && <SignPreview shown={shown} />}
          </Part>
        </div>
      </Grid.Col>
    </Grid>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}

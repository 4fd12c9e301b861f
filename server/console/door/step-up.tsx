import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { useWire } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { requestHash } from './proof.ts';
import { useSession } from './use-session.tsx';

interface Wish {
  /** Of a content that the server hashed, where the proof is for that and not for the request. */
  sha256?: string;
  /** Also on a server that takes no second look at anything else. */
  always?: boolean;
}

/**
 * Asks for the password again, or a passkey, where the server wants it, and gives the request back with its proof; undefined = the
 * person turned back.
 */
export type Prove = <R extends object>(
  request: R,
  wish?: Wish,
) => Promise<(R & { proof?: string }) | undefined>;

const ProveContext = createContext<Prove | undefined>(undefined);

export function useProve(): Prove {
  const prove = useContext(ProveContext);
  if (prove === undefined) throw new Error('useProve is used outside of its provider');
  return prove;
}

interface Asked {
  sha256: string;
  done: (proof: string | undefined) => void;
}

export function StepUp({ children }: { children: ReactNode }) {
  const say = useWords(DOOR_WORDS);
  const { step_up } = useSession();
  const { ask } = useWire();
  const [asked, setAsked] = useState<Asked>();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const prove = useCallback<Prove>(
    async (request, { sha256, always = false } = {}) => {
      if (!step_up && !always) return request;
      const hash = sha256 ?? (await requestHash(request));
      const proof = await new Promise<string | undefined>((done) => setAsked({ sha256: hash, done }));
      return proof === undefined ? undefined : { ...request, proof };
    },
    [step_up],
  );

  const end = (proof: string | undefined) => {
    asked?.done(proof);
    setAsked(undefined);
    setPassword('');
    setError(undefined);
    setBusy(false);
  };
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (asked === undefined) return;
    setBusy(true);
    try {
      // By HTTP: a password is not shown among the messages of the MQTT session.
      end((await ask('prove', { password, sha256: asked.sha256 })).proof);
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };

  return (
    <ProveContext.Provider value={prove}>
      {children}
      <Modal
        opened={asked !== undefined}
        onClose={() => end(undefined)}
        title={say('proveTitle')}
        zIndex={500}
      >
        <form onSubmit={confirm}>
          <Stack>
            <Text size="sm">{say('proveWhy')}</Text>
            <PasswordInput
              data-autofocus
              label={say('password')}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <FailureNote error={error} />
            <Group justify="flex-end">
              {asked !== undefined && <PasskeyButton sha256={asked.sha256} done={end} failed={setError} />}
              <Button variant="default" onClick={() => end(undefined)}>
                {say('cancel')}
              </Button>
              <Button type="submit" loading={busy}>
                {say('prove')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </ProveContext.Provider>
  );
}

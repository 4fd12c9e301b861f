import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { useAnswer, useWire } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { assertionFor, hasPasskeys } from './passkey.ts';

interface Props {
  /** Of what is to be proved. */
  sha256: string;
  done: (proof: string) => void;
  failed: (error: unknown) => void;
}

/** Instead of the password, for whoever has added a passkey; nothing for all others. */
export function PasskeyButton({ sha256, done, failed }: Props) {
  const say = useWords(DOOR_WORDS);
  const { ask } = useWire();
  const { data } = useAnswer('passkeys', {}, { enabled: hasPasskeys() });
  const [busy, setBusy] = useState(false);
  const ids = data?.passkeys.map(({ id }) => id) ?? [];
  if (data?.available !== true || ids.length === 0) return null;

  const prove = async () => {
    const { challenge = '', site = '' } = await ask('passkeys', { change: 'challenge', sha256 });
    const passkey = await assertionFor(challenge, { site, ids });
    if (passkey !== undefined) done((await ask('prove', { passkey, sha256 })).proof);
  };
  const press = () => {
    setBusy(true);
    failed(undefined);
    prove()
      .catch(failed)
      .finally(() => setBusy(false));
  };
  return (
    <Button
      variant="default"
      leftSection={<IconFingerprint size={18} aria-hidden />}
      loading={busy}
      onClick={press}
    >
      {say('passkeyUse')}
    </Button>
  );
}

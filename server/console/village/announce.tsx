import { useState } from 'react';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { askByHttp } from '../wire/http.ts';
import { useWords } from '../words/language.ts';
import { FailureLine } from './failure-line.tsx';
import { VILLAGE_WORDS } from './village-words.ts';

interface Props {
  name: string;
  disabled: boolean;
  /** Makes what is to be said; may upload first. */
  prepare: () => Promise<RequestOf<'push'>>;
  onSent: () => void;
}

type Step = 'ready' | 'sure' | 'sending' | 'sent' | 'waits';

/** Two presses: the first asks, the second announces. An order that got no answer is not sent again by itself. */
export function Announce({ name, disabled, prepare, onSent }: Props) {
  const say = useWords(VILLAGE_WORDS);
  const [step, setStep] = useState<Step>('ready');
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setStep('sending');
    setError(undefined);
    try {
      const { waits } = await askByHttp('push', await prepare());
      setStep(waits === undefined ? 'sent' : 'waits');
      onSent();
    } catch (failed) {
      setError(failed);
      setStep('ready');
    }
  };
  return (
    <div>
      <FailureLine error={error} />
      {(step === 'sent' || step === 'waits') && (
        <p className="good" role="status">
          ✓ {say(step)}
        </p>
      )}
      {step === 'sure' ? (
        <div className="sure" role="alertdialog" aria-label={say('sure', { name })}>
          <p>{say('sure', { name })}</p>
          <button type="button" className="big" onClick={send}>
            {say('yes')}
          </button>
          <button type="button" className="big plain" onClick={() => setStep('ready')}>
            {say('no')}
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="big"
          disabled={disabled || step === 'sending'}
          onClick={() => setStep('sure')}
        >
          {say(step === 'sending' ? 'sending' : 'send')}
        </button>
      )}
    </div>
  );
}

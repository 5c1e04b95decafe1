import { useId, useRef, useState, type FormEvent } from 'react'
import type { ProfileProblem, ProfileState } from '../../core/onboarding/state.ts'
import { portraitBytes } from '../account/portrait.ts'
import { PortraitField } from '../account/PortraitField.tsx'
import { useActions } from '../bridge.tsx'
import { useWords, type Key } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Exit, Title } from '../parts/Floor.tsx'
import { Notice } from '../parts/Notice.tsx'

/** A display name and a picture for a new account, or one without a name. Both can wait. */
export function Profile({ state }: { readonly state: ProfileState }) {
  const { t, say } = useWords()
  const { send } = useActions()
  const form = useId()
  const [name, setName] = useState(state.known.name)
  const [hasPicture, setHasPicture] = useState(false)
  const canvas = useRef<HTMLCanvasElement>(null)
  const server = state.account.homeserver
  const isAboutPicture = state.problem === 'notAPicture' || state.problem === 'tooBig'

  const save = async (): Promise<void> => {
    const picture = hasPicture && canvas.current !== null ? await portraitBytes(canvas.current) : null
    const isNamed = name.trim() !== '' && name.trim() !== state.known.name
    if (!isNamed && picture === null) send({ type: 'skipProfile' })
    else send({ type: 'saveProfile', name: isNamed ? name.trim() : '', picture })
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!state.isBusy) void save()
  }
  return (
    <>
      <div className="scroll">
        <Title text={t('profile.title')} />
        <p className="lead">{say('profile.lead', { community: state.community.name })}</p>
        {state.problem !== null && !isAboutPicture && (
          <div className="section">
            <Notice icon="warn" isWrong>
              {say(sentences[state.problem], { server })}
            </Notice>
          </div>
        )}
        <form className="form" id={form} onSubmit={onSubmit} noValidate>
          <Field
            label={t('profile.name')}
            value={name}
            say={<p className="hint">{t('profile.nameHint')}</p>}
            input={{ type: 'text', autoComplete: 'nickname', autoCapitalize: 'words', maxLength: 100 }}
            onChange={setName}
          />
          <PortraitField
            canvas={canvas}
            hasPicture={hasPicture}
            problem={
              state.problem !== null && isAboutPicture ? t(sentences[state.problem], { server }) : null
            }
            onChange={setHasPicture}
          />
        </form>
      </div>
      <Exit>
        <span className="grow" />
        <Button kind="text" isMid onPress={() => send({ type: 'skipProfile' })}>
          {t('profile.skip')}
        </Button>
        <Button kind="main" form={form} isBusy={state.isBusy}>
          {t(state.isBusy ? 'profile.working' : 'profile.action')}
        </Button>
      </Exit>
    </>
  )
}

const sentences = {
  notAPicture: 'profile.problem.notAPicture',
  tooBig: 'profile.problem.tooBig',
  refused: 'profile.problem.refused',
  unreachable: 'profile.problem.unreachable',
} as const satisfies Record<ProfileProblem, Key>

import { useId } from 'react'
import type { Community } from '../../core/communities/community.ts'
import type { InterestQuestion } from '../../core/communities/description.ts'
import { countPicked } from '../../core/onboarding/choice.ts'
import { saidOf } from '../../core/onboarding/said.ts'
import type { RoomsState } from '../../core/onboarding/state.ts'
import { useActions } from '../bridge.tsx'
import { useWords } from '../i18n/words.tsx'
import { Button, LinkButton } from '../parts/Button.tsx'
import { BackButton, Exit, Title } from '../parts/Floor.tsx'

/** What the community asks newcomers, before it shows them its rooms. All of it may be left open. */
export function Interests({ state }: { readonly state: RoomsState }) {
  const { t } = useWords()
  const { send } = useActions()
  const { community } = state
  const { answers } = saidOf(state)
  return (
    <>
      <div className="scroll">
        <Title text={t('questions.title')} />
        <p className="lead">{t('questions.lead')}</p>
        {community.questions.map((question, place) => (
          <Question
            key={`${place} ${question.text}`}
            question={question}
            community={community}
            chosen={answers[place] ?? []}
            onAnswer={(places) => send({ type: 'answerQuestion', question: place, answers: [...places] })}
          />
        ))}
      </div>
      <Exit>
        <BackButton onBack={() => send({ type: 'back' })} />
        <span className="grow" />
        <p className="note small quiet" id="questions-next">
          {t('questions.next')}
        </p>
        <Button kind="main" describedBy="questions-next" onPress={() => send({ type: 'showRooms' })}>
          {t('questions.action')}
        </Button>
      </Exit>
    </>
  )
}

interface QuestionProps {
  readonly question: InterestQuestion
  readonly community: Community
  readonly chosen: readonly number[]
  readonly onAnswer: (places: readonly number[]) => void
}

function Question({ question, community, chosen, onAnswer }: QuestionProps) {
  const { t } = useWords()
  const name = useId()
  return (
    <fieldset className="question section">
      <legend className="head" dir="auto">
        {question.text}
      </legend>
      <p className="small quiet question-hint">
        {t(question.isMany ? 'questions.many' : 'questions.one')}
        {!question.isMany && chosen.length > 0 && (
          <LinkButton isSmall onPress={() => onAnswer([])}>
            {t('questions.clear')}
          </LinkButton>
        )}
      </p>
      <div className="answers">
        {question.answers.map((answer, place) => {
          const count = countPicked(answer, community)
          return (
            <label className={question.isMany ? 'answer tick' : 'answer'} key={`${place} ${answer.text}`}>
              <input
                type={question.isMany ? 'checkbox' : 'radio'}
                className={question.isMany ? undefined : 'radio'}
                name={name}
                checked={chosen.includes(place)}
                onChange={(event) =>
                  onAnswer(withPlace(chosen, place, event.target.checked, question.isMany))
                }
              />
              <span>
                <bdi>{answer.text}</bdi>
                {count > 0 && <span className="small quiet">{t('questions.adds', { count })}</span>}
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

function withPlace(
  chosen: readonly number[],
  place: number,
  isOn: boolean,
  isMany: boolean,
): readonly number[] {
  if (!isMany) return [place]
  return isOn ? [...chosen, place] : chosen.filter((each) => each !== place)
}

import { useState } from 'react'
import type { InsideState, OnboardingState } from '../core/onboarding/state.ts'
import { assertNever } from '../core/result.ts'
import { useEnvironment, useLinkRefused, useOnboardingState } from './bridge.tsx'
import { CommunityHall } from './hall/CommunityHall.tsx'
import { useWords } from './i18n/words.tsx'
import { Lamplight } from './parts/Door.tsx'
import { Wall } from './parts/Wall.tsx'
import { Adding } from './screens/Adding.tsx'
import { Arrival } from './screens/Arrival.tsx'
import { Browser } from './screens/Browser.tsx'
import { CreateAccount } from './screens/CreateAccount.tsx'
import { Homeserver } from './screens/Homeserver.tsx'
import { Interests } from './screens/Interests.tsx'
import { Joining } from './screens/Joining.tsx'
import { Preview } from './screens/Preview.tsx'
import { Profile } from './screens/Profile.tsx'
import { Rooms } from './screens/Rooms.tsx'
import { SignIn } from './screens/SignIn.tsx'
import { Stages } from './screens/Stages.tsx'
import { Welcome } from './screens/Welcome.tsx'
import { useCommunityColour } from './use-community-colour.ts'
import { useKeptFocus } from './use-kept-focus.ts'

/** The window: the practice strip where it belongs, and the screen for the step. */
export function App() {
  const { isPractice } = useEnvironment()
  const state = useOnboardingState()
  useCommunityColour('community' in state ? state.community.colour : null)
  useKeptFocus()
  return (
    <>
      <Lamplight />
      <div className="window">
        {isPractice && <PracticeStrip />}
        <Place state={state} />
      </div>
    </>
  )
}

function Place({ state }: { readonly state: OnboardingState }) {
  if (state.step === 'welcome') return <Welcome state={state} />
  return state.step === 'adding' ? <Adding state={state} /> : <Inside state={state} />
}

/** Says in every practice window where it is, and why a link just clicked stays shut. */
function PracticeStrip() {
  const { t } = useWords()
  const isLinkShut = useLinkRefused(6_000)
  return (
    <header className="practice">
      <span role="status">{t(isLinkShut ? 'app.practiceLink' : 'app.practice')}</span>
    </header>
  )
}

const stepNumbers: Record<InsideState['step'], number> = {
  preview: 1,
  homeserver: 2,
  createAccount: 3,
  stages: 3,
  profile: 3,
  signIn: 3,
  browser: 3,
  rooms: 4,
  joining: 5,
  done: 5,
}

/** The wall stays from step to step; what changes is the floor. */
function Inside({ state }: { readonly state: InsideState }) {
  const [pointed, setPointed] = useState<string | null>(null)
  const isStage = state.step === 'joining' || state.step === 'done'
  return (
    <div className={isStage ? 'pass is-stage' : 'pass'}>
      <Wall community={state.community} step={stepNumbers[state.step]} isStage={isStage}>
        <CommunityHall state={state} pointed={pointed} />
      </Wall>
      <main className="floor" key={state.step}>
        <Step state={state} onPoint={setPointed} />
      </main>
    </div>
  )
}

interface StepProps {
  readonly state: InsideState
  readonly onPoint: (server: string | null) => void
}

function Step({ state, onPoint }: StepProps) {
  switch (state.step) {
    case 'preview':
      return <Preview state={state} />
    case 'homeserver':
      return <Homeserver state={state} onPoint={onPoint} />
    case 'createAccount':
      return <CreateAccount state={state} />
    case 'stages':
      return <Stages state={state} />
    case 'profile':
      return <Profile state={state} />
    case 'signIn':
      return <SignIn state={state} />
    case 'browser':
      // Each way has its own heading, which takes the focus.
      return <Browser key={state.way} state={state} />
    case 'rooms':
      return state.isAsking ? <Interests state={state} /> : <Rooms state={state} />
    case 'joining':
      return <Joining state={state} />
    case 'done':
      return <Arrival state={state} />
    default:
      return assertNever(state)
  }
}

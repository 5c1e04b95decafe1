import type { AddingState } from '../../core/onboarding/state.ts'
import { AddingWall } from '../adding/AddingWall.tsx'
import { FoundPage } from '../adding/FoundPage.tsx'
import { HandIn } from '../adding/HandIn.tsx'

/** A maintainer makes a way in of their community's page. */
export function Adding({ state }: { readonly state: AddingState }) {
  const { page } = state
  return (
    <div className="pass">
      <AddingWall page={page} />
      {page.kind === 'read' ? (
        <main className="floor" key={page.turn}>
          <FoundPage page={page} />
        </main>
      ) : (
        <main className="floor" key="hand-in">
          <HandIn page={page} />
        </main>
      )}
    </div>
  )
}

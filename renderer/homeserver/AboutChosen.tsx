import type { HomeserverFacts } from '../../core/onboarding/state.ts'
import type { ServerSoftware } from '../../core/homeservers/software.ts'
import { useWords, type Key } from '../i18n/words.tsx'
import { Icon } from '../parts/Icon.tsx'
import { OutsideLink } from '../parts/OutsideLink.tsx'

interface Props {
  readonly name: string
  readonly facts: HomeserverFacts
}

/** What those who want to know more may know of the chosen homeserver: its software and its rules. */
export function AboutChosen({ name, facts: { rules, software } }: Props) {
  const { t, say } = useWords()
  if (rules === null && software === null) return null
  return (
    <p className="about-chosen small quiet">
      {software !== null && (
        <span>
          {say(sentenceOf(software), {
            server: name,
            software: software.name,
            version: shortVersion(software),
          })}
        </span>
      )}
      {rules !== null && (
        <OutsideLink
          to={rules}
          className="link"
          label={t('app.opensOutside', { title: t('homeserver.rules') })}
        >
          {t('homeserver.rules')}
          <Icon name="outside" isSmall isFlipped />
        </OutsideLink>
      )}
    </p>
  )
}

function sentenceOf({ isOutdated }: ServerSoftware): Key {
  if (isOutdated === null) return 'homeserver.runs'
  return isOutdated ? 'homeserver.runsOld' : 'homeserver.runsCurrent'
}

// Some add a branch and a commit in brackets.
function shortVersion({ version }: ServerSoftware): string {
  return version.split(/[\s(+]/)[0]?.slice(0, 30) ?? version
}

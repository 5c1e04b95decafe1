import { useEffect, useRef, useState } from 'react'
import { joinedCount } from '../../core/joining/progress.ts'
import type { JoinProgress } from '../../core/onboarding/state.ts'
import { timeWords } from '../i18n/time.ts'
import { useWords } from '../i18n/words.tsx'

const ROOMS_PER_NEWS = 10
const NEWS_EVERY = 30_000

/** How many rooms are joined, for the eye at once and for the ear now and then. */
export function Tally({ progress }: { readonly progress: JoinProgress }) {
  const { t, say } = useWords()
  const joined = joinedCount(progress.lines)
  const count = progress.lines.length
  const isCounting =
    progress.secondsLeft !== null && progress.phase !== 'stopped' && progress.phase !== 'finished'
  const values = {
    joined,
    count,
    time: progress.secondsLeft === null ? '' : timeWords(progress.secondsLeft, t),
  }
  const news = useNews(joined, t(isCounting ? 'joining.live' : 'joining.liveShort', values))
  return (
    <>
      <p className="tally">{say(isCounting ? 'joining.tally' : 'joining.tallyDone', values)}</p>
      <p className="aside-text" aria-live="polite">
        {news}
      </p>
    </>
  )
}

// Announced every ten rooms or half a minute, never each second.
function useNews(joined: number, text: string): string {
  const [news, setNews] = useState('')
  const latest = useRef({ joined, text })
  const told = useRef(joined)
  useEffect(() => {
    latest.current = { joined, text }
    if (Math.floor(joined / ROOMS_PER_NEWS) === Math.floor(told.current / ROOMS_PER_NEWS)) return
    told.current = joined
    setNews(text)
  }, [joined, text])
  useEffect(() => {
    const timer = setInterval(() => {
      if (latest.current.joined === told.current) return
      told.current = latest.current.joined
      setNews(latest.current.text)
    }, NEWS_EVERY)
    return () => clearInterval(timer)
  }, [])
  return news
}

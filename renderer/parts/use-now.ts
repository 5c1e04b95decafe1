import { useSyncExternalStore } from 'react'

const everySecond = (tell: () => void): (() => void) => {
  const timer = setInterval(tell, 1000)
  return () => clearInterval(timer)
}
const never = () => () => {}
// Whole seconds, so that the clock stands still within one drawing.
const second = (): number => Math.floor(Date.now() / 1000) * 1000

/** The wall clock, once a second while `isTicking`; screens count down by themselves with it. */
export function useNow(isTicking: boolean): number {
  return useSyncExternalStore(isTicking ? everySecond : never, second)
}

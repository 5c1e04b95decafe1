import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { onNetworkBack } from './network-signal.ts'

const system = vi.hoisted(() => ({ isOnline: true, wake: (): unknown => undefined }))

vi.mock('electron', () => {
  const powerMonitor = new EventEmitter()
  system.wake = () => powerMonitor.emit('resume')
  return { net: { isOnline: () => system.isOnline }, powerMonitor }
})

beforeEach(() => {
  vi.useFakeTimers()
  system.isOnline = true
})
afterEach(() => vi.useRealTimers())

describe('the system’s own word on the network', () => {
  test('is passed on once each time the network comes back, within seconds', () => {
    const back = vi.fn<() => void>()
    onNetworkBack(back)
    vi.advanceTimersByTime(60_000)
    expect(back).not.toHaveBeenCalled()
    for (const nth of [1, 2]) {
      system.isOnline = false
      vi.advanceTimersByTime(60_000)
      system.isOnline = true
      vi.advanceTimersByTime(3_000)
      expect(back).toHaveBeenCalledTimes(nth)
    }
  })

  test('is passed on when the computer wakes up, whatever the network says', () => {
    const back = vi.fn<() => void>()
    system.isOnline = false
    onNetworkBack(back)
    system.wake()
    expect(back).toHaveBeenCalledTimes(1)
  })
})

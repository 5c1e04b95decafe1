import { act, fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sampleRoom } from '../testing/communities.ts'
import { accessibilityProblems, show } from '../testing/show.tsx'
import { rooms } from '../testing/states.ts'

const MANY = 600

/** The rooms screen in front of so many rooms, all of one section and all shown. */
async function showMany(count: number): Promise<Awaited<ReturnType<typeof show>>> {
  const all = Array.from({ length: count }, (_, index) =>
    sampleRoom({ address: `#room-${index}:many.example`, section: 'all', name: `Room ${index}` }),
  )
  const community = {
    ...rooms.community,
    sections: [{ id: 'all', name: 'All rooms' }],
    rooms: all,
    roomCount: count,
  }
  const shown = await show({ ...rooms, community, chosen: [], isLoading: false })
  await shown.person.click(screen.getByRole('button', { name: /^Show all/ }))
  return shown
}

const scroll = (top: number): void => {
  const floor = document.querySelector<HTMLElement>('.scroll')
  if (floor === null) return expect.unreachable()
  floor.style.overflowY = 'auto'
  Object.defineProperty(floor, 'scrollTop', { configurable: true, value: top })
  const list = document.querySelector('.is-long')
  if (list !== null) list.getBoundingClientRect = () => DOMRect.fromRect({ y: -top })
  act(() => void fireEvent.scroll(floor))
}
const listed = (): (string | null)[] =>
  [...document.querySelectorAll('.section li')].map((row) => row.getAttribute('aria-posinset'))

// jsdom lays nothing out, so every row is as tall as this.
beforeEach(() => {
  const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(64)
  Element.prototype.scrollTo = () => undefined
  return () => height.mockRestore()
})

describe('a long list', { timeout: 20_000 }, () => {
  it('draws what is in sight, and says how many there are and which these are', async () => {
    await showMany(MANY)
    expect(listed()[0]).toBe('1')
    expect(listed().length).toBeLessThan(60)
    const sizes = [...document.querySelectorAll('.section li')].map((row) => row.getAttribute('aria-setsize'))
    expect(new Set(sizes)).toEqual(new Set([String(MANY)]))
    expect(await accessibilityProblems()).toEqual([])
  })

  it('keeps the row that has the focus, wherever the mouse scrolls', async () => {
    const { person } = await showMany(MANY)
    const first = screen.getByRole('checkbox', { name: /^Room 0/ })
    await person.click(first)
    scroll(15_000)
    expect(listed()[0]).toBe('1')
    expect(Number(listed()[1])).toBeGreaterThan(100)
    expect(document.activeElement).toBe(first)
    await person.tab()
    expect(document.activeElement?.closest('li')).not.toBeNull()
  })

  it('finds a room far down by typing', async () => {
    const { person } = await showMany(MANY)
    await person.type(screen.getByRole('searchbox'), 'room 577')
    expect(await screen.findByRole('checkbox', { name: /^Room 577/ })).toBeDefined()
  })

  it('is one column with the lists of other sections: every heading, and of all rows those in sight', async () => {
    const sections = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, name: `Floor ${index}` }))
    const all = sections.flatMap(({ id }) =>
      Array.from({ length: 10 }, (_, index) =>
        sampleRoom({
          address: `#room-${id}-${index}:many.example`,
          section: id,
          name: `Room ${id}.${index}`,
        }),
      ),
    )
    const community = { ...rooms.community, sections, rooms: all, roomCount: all.length }
    await show({ ...rooms, community, chosen: [], isLoading: false })
    const headings = (): number => screen.getAllByRole('heading', { level: 2 }).length
    const first = (): string => document.querySelector('.section li')?.textContent ?? ''
    expect(headings()).toBe(40)
    expect(listed().length).toBeLessThan(60)
    expect(first()).toContain('Room 0.0')
    scroll(15_000)
    expect(headings()).toBe(40)
    expect(listed().length).toBeLessThan(60)
    expect(first()).not.toContain('Room 0.')
    expect(await accessibilityProblems()).toEqual([])
  })

  it('is drawn whole while it is short', async () => {
    await showMany(90)
    expect(listed()).toHaveLength(90)
    expect(listed()[0]).toBeNull()
  })
})

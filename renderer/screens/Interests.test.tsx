import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/show.tsx'
import { interests, interestsAnswered } from '../testing/states.ts'

const question = (name: string): HTMLElement => screen.getByRole('group', { name })

describe('Interests', () => {
  it('takes many answers or one, each with what it adds', async () => {
    const { person, push, sent } = await show(interests)
    const grown = within(question('What do you grow?'))
    expect(grown.getAllByRole('checkbox').map((each) => each.closest('label')?.textContent)).toEqual([
      'Flowersadds 1 room',
      'Vegetablesadds 1 room',
      'Nothing yet',
    ])
    await person.click(grown.getByRole('checkbox', { name: /^Vegetables/ }))
    await person.click(within(question('Would you like to help?')).getByRole('radio', { name: /^Yes/ }))
    expect(sent()).toEqual([
      { type: 'answerQuestion', question: 0, answers: [1] },
      { type: 'answerQuestion', question: 1, answers: [0] },
    ])
    push(interestsAnswered)
    await person.click(grown.getByRole('checkbox', { name: /^Flowers/ }))
    expect(sent().at(-1)).toEqual({ type: 'answerQuestion', question: 0, answers: [1] })
    await person.click(screen.getByRole('button', { name: 'Take my answer back' }))
    expect(sent().at(-1)).toEqual({ type: 'answerQuestion', question: 1, answers: [] })
  })

  it('goes on without an answer, and back', async () => {
    const { person, sent } = await show(interests)
    expect(document.activeElement?.textContent).toBe('What brings you here?')
    await person.click(
      screen.getByRole('button', { name: 'See my rooms', description: /look over your rooms/ }),
    )
    await person.keyboard('{Escape}')
    expect(sent()).toEqual([{ type: 'showRooms' }, { type: 'back' }])
  })

  it('lights the doors of the rooms that answers add', async () => {
    const { push } = await show(interests)
    expect(screen.getByRole('img', { name: '2 of 5 rooms chosen' })).toBeTruthy()
    push(interestsAnswered)
    expect(screen.getByRole('img', { name: '5 of 5 rooms chosen' })).toBeTruthy()
  })
})

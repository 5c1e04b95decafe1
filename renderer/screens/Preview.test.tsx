import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { galaxy } from '../testing/communities.ts'
import { show } from '../testing/show.tsx'
import {
  preview,
  previewAsking,
  previewDescribed,
  previewFromOutside,
  previewHostile,
  previewNoRooms,
  previewOffline,
} from '../testing/states.ts'

describe('Preview', () => {
  it('shows the server’s names, and the page’s label only where it differs', async () => {
    await show(preview)
    const proteomics = screen.getByText('GalaxyProteomics').closest('li') as HTMLElement
    expect(proteomics.textContent).toContain('listed as “Proteomics”')
    expect(proteomics.textContent).toContain('212 people')
    const lobby = screen.getByText('Galaxy Lobby').closest('li') as HTMLElement
    expect(lobby.textContent).not.toContain('listed as')
  })

  it('says why a room could not be described', async () => {
    await show(preview)
    const admins = screen.getByText('Admins').closest('li') as HTMLElement
    expect(admins.textContent).toContain('gitter.im hasn’t answered yet')
    expect(within(admins).getByText('No answer yet')).toBeTruthy()
  })

  it('folds long sections', async () => {
    const { person } = await show(preview)
    expect(screen.queryByText('A private room')).toBeNull()
    await person.click(screen.getByRole('button', { name: 'Show all 63' }))
    expect(screen.getByText('A private room')).toBeTruthy()
  })

  it('counts the rooms that only members see, in words and in doors', async () => {
    await show(previewFromOutside)
    expect(screen.getByText('About 63 more rooms show themselves once you’re inside.')).toBeTruthy()
    expect(document.querySelectorAll('.hall .door')).toHaveLength(71)
  })

  it('promises no more people than it knows of, and nothing public that may be private', async () => {
    const { push } = await show(preview)
    expect(screen.getByText('71 rooms · 1,240 people · mostly in English')).toBeTruthy()
    push({
      ...preview,
      community: { ...galaxy, languages: [], privacy: { ...galaxy.privacy, isPublic: false } },
    })
    expect(screen.getByText('71 rooms · 1,240 people')).toBeTruthy()
    expect(screen.queryByText(/These rooms are public/)).toBeNull()
  })

  it('goes on, in the words for people who know Matrix', async () => {
    const { person, sent } = await show({ ...preview, experience: 'matrix' })
    const button = screen.getByRole('button', {
      name: 'Join Galaxy',
      description: /sign in with your account/,
    })
    await person.click(button)
    expect(sent()).toEqual([{ type: 'leavePreview' }])
  })

  it('says whom it is asking', async () => {
    await show(previewAsking)
    expect(screen.getByText(/Asking/).textContent).toBe('Asking matrix.org about its rooms …')
  })

  it('offers to check again while offline, and does not go on', async () => {
    const { person, sent } = await show(previewOffline)
    expect(screen.getByText('You’re offline')).toBeTruthy()
    await person.click(screen.getByRole('button', { name: 'Join Mathesar' }))
    await person.click(screen.getByRole('button', { name: 'Check again' }))
    expect(sent()).toEqual([{ type: 'checkAgain' }])
  })

  it('says so when there is nothing to show', async () => {
    await show(previewNoRooms)
    expect(screen.getByText('No rooms to show')).toBeTruthy()
  })

  it('speaks of channels to people who know Slack', async () => {
    await show({ ...preview, experience: 'slack' })
    expect(screen.getByText(/what Slack and Discord call a channel/)).toBeTruthy()
  })

  it('says who can read along, what the rules are, and who helps', async () => {
    const { person, calls } = await show(previewDescribed)
    expect(screen.getByText('5 rooms · 40 people · mostly in English and German')).toBeTruthy()
    expect(screen.getByText(/^Messages aren’t encrypted end to end/)).toBeTruthy()
    expect(screen.getByText('Messages are kept for a year, then removed.')).toBeTruthy()
    expect(screen.getByText(/You’ll be asked to agree to them/)).toBeTruthy()
    const rules = screen.getByRole('heading', { name: 'Garden manners' }).closest('section') as HTMLElement
    expect(within(rules).getAllByRole('listitem')).toHaveLength(3)
    await person.click(within(rules).getByRole('link', { name: 'Read them in full' }))
    await person.click(screen.getByRole('link', { name: 'hello@garden.example.org' }))
    expect(calls.filter(({ name }) => name === 'openExternal').map(({ argument }) => argument)).toEqual([
      'https://garden.example.org/conduct',
      'mailto:hello@garden.example.org',
    ])
  })

  it('asks for the community’s own picture once, and has its initials without one', async () => {
    const picture = 'https://garden.example.org/sign.png'
    const { calls, push } = await show(preview)
    const asked = (): unknown[] =>
      calls.filter(({ name }) => name === 'readPicture').map(({ argument }) => argument)
    expect(asked()).toEqual([])
    push({ ...preview, community: { ...preview.community, picture } })
    await waitFor(() => expect(asked()).toEqual([picture]))
    push({ ...preview, community: { ...preview.community, picture, roomCount: 9 } })
    await screen.findByText('9 rooms')
    expect(asked()).toEqual([picture])
    expect(document.querySelector('.wall .face')?.textContent).toBe(preview.community.initials)
    expect(document.querySelector('.wall .face canvas')?.hasAttribute('hidden')).toBe(true)
  })

  it('says so where a community has the name of another, and where it really is', async () => {
    await show(previewHostile)
    const notice = screen.getByText(/^Not the/).closest('.notice') as HTMLElement
    expect(notice.textContent).toContain('at #allotment:matrix.org')
    expect(within(screen.getByRole('complementary')).getByText('#allotment:matrix.org')).toBeTruthy()
  })
})

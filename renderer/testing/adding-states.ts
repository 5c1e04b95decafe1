import { correct, type Correction } from '../../core/adding/corrections.ts'
import { draftOf, pageOf } from '../../core/adding/page-draft.ts'
import { readPage } from '../../core/adding/page-reading.ts'
import { noPage, type ReadPage } from '../../core/adding/page-state.ts'
import type { AddingState } from '../../core/onboarding/state.ts'

const PAGE = `---
title: Riverside Makers
description: A workshop by the river, open to everybody who builds things.
---

Our [space](https://matrix.to/#/#riverside:matrix.org) keeps all rooms together.

## Start here

| Room | What for |
| --- | --- |
| [Lobby](https://matrix.to/#/#riverside-lobby:matrix.org) | Say hello, ask anything |
| [News](https://matrix.to/#/#riverside-news:matrix.org) | What happens in the workshop |

## Workshops

- [Wood](https://matrix.to/#/#riverside-wood:matrix.org): saws, planes and glue
- [Metal](https://matrix.to/#/#riverside-metal:matrix.org): welding and turning
- [Metal](https://matrix.to/#/#riverside-textile:matrix.org): looms and sewing machines
- !AbCdEfGhIjKlMnOpQr:matrix.org: 3D printing

## Who helps

Ask @ada:matrix.org, or look at #room:example.org for how an address looks. The [old list](https://matrix.to/#/none)
is gone.
`

function read(text: string, source: string | null, ...corrections: readonly Correction[]): ReadPage {
  const draft = draftOf(readPage(text, { name: source ?? '' }), source, 1)
  if (draft === null) throw new Error('a page without rooms')
  return pageOf({ ...draft, corrections: corrections.reduce(correct, draft.corrections) })
}

const blank: AddingState = { step: 'adding', experience: 'new', account: null, page: noPage }
const address = 'https://riverside.example/chat'

export const adding: AddingState = blank
export const addingFetching: AddingState = { ...blank, page: { kind: 'fetching', source: address, since: 0 } }
export const addingNoRooms: AddingState = {
  ...blank,
  page: { kind: 'none', problem: 'noRooms', source: address },
}
export const addingTooLarge: AddingState = {
  ...blank,
  page: { kind: 'none', problem: 'tooLarge', source: 'backup.zip' },
}
export const addingFound: AddingState = { ...blank, page: read(PAGE, 'chat.md') }
export const addingShared: AddingState = {
  ...blank,
  page: { ...read(PAGE, 'chat.md'), isShared: true },
}
export const addingCorrected: AddingState = {
  ...blank,
  page: read(
    PAGE,
    'chat.md',
    { kind: 'label', address: '#riverside-textile:matrix.org', text: 'Textile' },
    { kind: 'leaveOut', address: '!AbCdEfGhIjKlMnOpQr:matrix.org', isOut: true },
    { kind: 'space', text: '' },
  ),
}
export const addingNameless: AddingState = {
  ...blank,
  page: read(PAGE, null, { kind: 'name', text: '' }, { kind: 'space', text: 'our space' }),
}
/** More rooms than are drawn at once, with names that nobody thought of. */
export const addingMany: AddingState = {
  ...blank,
  page: read(
    Array.from({ length: 300 }, (_, index) =>
      index % 100 === 0
        ? `## Part ${index / 100 + 1}`
        : `- #a-rather-long-alias-without-any-end-${index}:matrix.org`,
    ).join('\n'),
    null,
  ),
}

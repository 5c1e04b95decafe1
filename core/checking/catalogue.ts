/** How bad a finding is: newcomers fail or Foyer refuses the file; something is most likely wrong; good to know. */
export type Severity = 'error' | 'warning' | 'note'

/** One thing that is looked for. */
export interface Check {
  readonly severity: Severity
  /** A few words, the heading of its documentation. */
  readonly title: string
  /** What it means for newcomers. */
  readonly about: string
  /** What a maintainer does about it. */
  readonly remedy: string
}

/* Found in the file alone. IDs are stable: programs, suppressions and links to the documentation use them. */
const inTheFile = {
  unreadable: {
    severity: 'error',
    title: 'The file can’t be read',
    about: 'It is neither JSON nor YAML, or it isn’t a manifest at all, so Foyer can’t open it.',
    remedy:
      'Look at the line that is named: most often a comma, a quotation mark or the indentation is off. `"version": 2` and a `name` are the least a manifest has.',
  },
  schema: {
    severity: 'error',
    title: 'A field doesn’t fit the format',
    about: 'Foyer refuses the file until it is put right.',
    remedy:
      'See the field in [manifest.md](manifest.md). With `"$schema"` in the file, editors show such slips while you type.',
  },
  'nothing-listed': {
    severity: 'error',
    title: 'Neither a space nor a room',
    about: 'There is nothing to join.',
    remedy: 'Give a `space`, or `rooms`, or both.',
  },
  'bad-address': {
    severity: 'error',
    title: 'Not the address of a room',
    about:
      'Nobody can join by it. A person’s ID, a web page or an alias without its server leads to no room.',
    remedy: 'Write `#alias:server`, or the room’s ID with `via`. Apps show it under the room’s settings.',
  },
  'address-is-link': {
    severity: 'error',
    title: 'A link where an address belongs',
    about: 'The format takes addresses, which stay readable and can be compared.',
    remedy: '`--fix` writes the address that the link leads to.',
  },
  'room-twice': {
    severity: 'error',
    title: 'A room is listed twice',
    about: 'Newcomers would see two doors to the same room, so Foyer refuses the file.',
    remedy: 'Keep one of them. `--fix` takes the second away where it says nothing new.',
  },
  'two-names': {
    severity: 'error',
    title: 'One address under two names',
    about:
      'One of the names belongs to another room, whose address is missing, or the room was listed twice.',
    remedy: 'Open the room in a chat app to see which name is right, then mend or remove the other entry.',
  },
  'name-twice': {
    severity: 'warning',
    title: 'One name for two addresses',
    about: 'Newcomers can’t tell the rooms apart, and one label is most likely copied.',
    remedy: 'Give each room the name it has for itself.',
  },
  'label-address': {
    severity: 'warning',
    title: 'A label that belongs to another address',
    about:
      'The words of the label are those of another room’s address, so newcomers end up in the wrong room.',
    remedy: 'Compare label and address; one of them was copied from the row above or below.',
  },
  'purpose-label': {
    severity: 'warning',
    title: 'A purpose that speaks of another room',
    about: 'The sentence is the same as that of other rooms, but names another room’s subject.',
    remedy: 'Put the room’s own subject into the sentence.',
  },
  'case-twin': {
    severity: 'warning',
    title: 'Two addresses that differ in capitals only',
    about:
      'Aliases tell capitals apart. If both lead to the same room it is there twice, if not, people mix them up.',
    remedy: 'Keep the one that the room gives as its main address.',
  },
  'look-alike': {
    severity: 'warning',
    title: 'An address that looks like another',
    about:
      'Letters of two alphabets that look the same, such as the Latin and the Cyrillic o, make an address look like another one.',
    remedy: 'Type the address anew instead of copying it, or ask whoever made the room.',
  },
  'look-alike-name': {
    severity: 'warning',
    title: 'A name that looks like another',
    about:
      'The eye can’t tell it from the other, or from what it pretends to be, so newcomers end up where somebody else wants them.',
    remedy: 'Type the name anew instead of copying it. If it isn’t yours, ask who made the room.',
  },
  'damaged-text': {
    severity: 'warning',
    title: 'Text damaged by a wrong encoding',
    about: 'Newcomers see things such as “â€™” in place of an apostrophe.',
    remedy:
      'Save the page as UTF-8, or type the damaged characters anew. In a manifest `--fix` puts right what can be told for certain.',
  },
  'space-as-room': {
    severity: 'warning',
    title: 'The space is listed as a room',
    about: 'A space is a list of rooms; whoever opens it to say hello finds nobody to talk to.',
    remedy: 'Leave it to `space`, and list the room that was meant. Most often that is the lobby.',
  },
  'private-server': {
    severity: 'error',
    title: 'A server on a private network',
    about: 'Only people on that network reach it. `foyer check` doesn’t ask it either.',
    remedy: 'Name the server as it is called on the internet.',
  },
  'id-without-via': {
    severity: 'error',
    title: 'A room ID without servers',
    about: 'An ID doesn’t say where the room is, so no homeserver that isn’t in it yet can find it.',
    remedy: 'Add `via` with two or three servers that are in the room, or use an alias.',
  },
  'id-not-alias': {
    severity: 'note',
    title: 'A room named by its ID',
    about: 'When the room is replaced by a newer one the ID stays with the old; an alias can follow.',
    remedy: 'Use the room’s alias where it has one.',
  },
  'empty-section': {
    severity: 'warning',
    title: 'A section without rooms',
    about: 'Newcomers see no such heading, and the rooms it was made for are missing or stand elsewhere.',
    remedy:
      'Put rooms into it, or remove it. The section `rest` takes what only the space knows and may be empty.',
  },
  'no-space': {
    severity: 'note',
    title: 'No space',
    about:
      'Chat apps will show the rooms loose among others, and Foyer can’t notice rooms that are added later.',
    remedy: 'Make a space, add the rooms to it, and name it under `space`.',
  },
  'no-lobby': {
    severity: 'warning',
    title: 'No lobby',
    about: 'Newcomers aren’t told where to say hello; Foyer takes the first room for it.',
    remedy: 'Mark one room with `lobby: true`.',
  },
  'many-lobbies': {
    severity: 'note',
    title: 'More than one lobby',
    about: 'Foyer sends newcomers to the first.',
    remedy: 'Leave `lobby` on one room.',
  },
  'no-suggestion': {
    severity: 'note',
    title: 'No room is suggested',
    about: 'Among many rooms newcomers choose between the lobby alone and everything.',
    remedy: 'Mark the rooms that most people want with `suggested: true`.',
  },
  'empty-preset': {
    severity: 'warning',
    title: 'A preset or question that adds no room',
    about: 'Choosing it changes nothing.',
    remedy: 'Give it `rooms` or `sections`, or remove it.',
  },
  'institution-without-domains': {
    severity: 'note',
    title: 'An institution’s homeserver without e-mail domains',
    about:
      'Many people have an account at their institution without knowing. With domains Foyer can tell them by their e-mail address.',
    remedy:
      'List the domains under `domains` of the homeserver. A page can’t say that to Foyer: `npx foyer import` makes a manifest of it.',
  },
  'misspelt-field': {
    severity: 'warning',
    title: 'A field that is almost a known one',
    about: 'Foyer keeps fields that it doesn’t know, without doing anything with them.',
    remedy: 'Correct the name. See [manifest.md](manifest.md).',
  },
  'one-by-one': {
    severity: 'note',
    title: 'Newcomers join every room by themselves',
    about: 'Many give up after the first few, or stop at the space and see no conversation.',
    remedy: 'Put one link on the page that leads into all of them: `npx foyer link`.',
  },
  unpublished: {
    severity: 'note',
    title: 'A page that isn’t published',
    about: 'Its first lines keep it from the public, so newcomers don’t find it.',
    remedy: 'Publish it (`published: true`, or `draft: false`), or check the page that they do find.',
  },
  'old-version': {
    severity: 'note',
    title: 'An older version of the format',
    about: 'Foyer reads it, but newer fields can’t be used in it.',
    remedy: 'See “Version 1” in [manifest.md](manifest.md).',
  },
} as const satisfies Record<string, Check>

/* Found by asking homeservers. */
const onServers = {
  'server-silent': {
    severity: 'error',
    title: 'A homeserver that was to be asked doesn’t answer',
    about: 'Nothing can be said about its people.',
    remedy: 'Check its name after `--from`. If it is right, try again later.',
  },
  'server-unreachable': {
    severity: 'error',
    title: 'A room’s server doesn’t answer',
    about: 'Addresses on it lead nowhere while it is away, and for good if it was shut down.',
    remedy: 'Try again later. If the server is gone, give the room an alias on another one.',
  },
  'room-missing': {
    severity: 'error',
    title: 'There is no such room',
    about: 'The server of the address knows it, or has known it, no more. Capitals count.',
    remedy: 'Correct the address, or give the alias back to the room in its settings.',
  },
  'room-hidden': {
    severity: 'warning',
    title: 'The room shows itself to members only',
    about: 'It may be for members of the space, or by invitation. Without an account nobody can tell which.',
    remedy:
      'Run again with `--user` and `--token-stdin` of somebody who is inside. A room for members of the space is fine.',
  },
  'unreachable-from': {
    severity: 'error',
    title: 'Out of reach from a homeserver',
    about: 'Its people would fail, while others get in.',
    remedy: 'Try again later. If it stays so, ask whether one of the servers blocks the other.',
  },
  moved: {
    severity: 'error',
    title: 'The room has moved',
    about: 'It was replaced by another. Foyer follows, but chat apps let people into an empty old room.',
    remedy: 'Write the new room’s address, or point the alias to it.',
  },
  'invite-only': {
    severity: 'error',
    title: 'By invitation only',
    about: 'Newcomers are refused.',
    remedy: 'Open the room, let members of the space in, or leave it off the list.',
  },
  'asks-first': {
    severity: 'note',
    title: 'A moderator decides',
    about: 'Newcomers ask to join and wait for an answer.',
    remedy: 'Make sure that somebody answers, and say so in the room’s `notes`.',
  },
  'restricted-elsewhere': {
    severity: 'error',
    title: 'For members of another space',
    about: 'Joining your space doesn’t open the room, so newcomers are refused.',
    remedy: 'In the room’s settings, under access, add your space.',
  },
  'is-space': {
    severity: 'warning',
    title: 'A space where a room is meant',
    about: 'Nobody talks in a space.',
    remedy: 'List the room that was meant.',
  },
  'not-a-space': {
    severity: 'error',
    title: 'A room where the space is meant',
    about: 'It has no rooms to show.',
    remedy: 'Put the address of your space under `space`, and the room under `rooms`.',
  },
  'same-room': {
    severity: 'warning',
    title: 'Two addresses of the same room',
    about: 'Newcomers see two doors to one room.',
    remedy: 'Keep one of them.',
  },
  'name-differs': {
    severity: 'note',
    title: 'The room calls itself something else',
    about: 'Foyer shows the room’s own name. Who comes from your page may not find it again.',
    remedy: 'Use the room’s name, or rename the room.',
  },
  'name-of-another': {
    severity: 'warning',
    title: 'The label is another room’s name',
    about: 'Label and address are of two rooms.',
    remedy: 'Exchange the labels or the addresses.',
  },
  'version-too-new': {
    severity: 'error',
    title: 'A homeserver is too old for the room',
    about: 'Its people can’t join before its admins bring it up to date.',
    remedy: 'Suggest another homeserver, or ask its admins for an update.',
  },
  'not-in-space': {
    severity: 'warning',
    title: 'Not in the space',
    about: 'Newcomers who only join the space never see it.',
    remedy: 'Add the room to the space.',
  },
  'not-listed': {
    severity: 'note',
    title: 'In the space, but not listed',
    about: 'Foyer shows it under “Everything else”, without your words.',
    remedy: 'List it if newcomers should know what it is for.',
  },
  'suggestions-differ': {
    severity: 'note',
    title: 'The space suggests other rooms',
    about: 'Chat apps and Foyer start newcomers off with different rooms.',
    remedy: 'Mark the same rooms in the space’s settings and in the file.',
  },
  'join-time': {
    severity: 'note',
    title: 'How long joining takes',
    about:
      'Rooms that a homeserver takes part in already are joined quickly, others one in a hundred seconds by default.',
    remedy:
      'Suggest a homeserver that is in most rooms; somebody there who joins them all makes it quick for the rest.',
  },
  encrypted: {
    severity: 'note',
    title: 'The room is encrypted',
    about: 'Newcomers can’t read what was written before they came.',
    remedy: 'Put what they should know elsewhere, and set `privacy.encrypted`.',
  },
  'privacy-differs': {
    severity: 'warning',
    title: 'The privacy note isn’t true',
    about: 'Newcomers are told something else about who can read along.',
    remedy: 'Correct `privacy`, or the room’s settings.',
  },
  'nobody-there': {
    severity: 'note',
    title: 'An empty room',
    about: 'Hardly anybody is in it.',
    remedy: 'Leave it off the list, or invite people. It may have been replaced by another room.',
  },
  'account-needed': {
    severity: 'note',
    title: 'Not everything could be seen',
    about:
      'Without an account homeservers tell neither which rooms a space has nor whether a room was replaced.',
    remedy: 'Run again with `--user` and `--token-stdin` of somebody who is in the rooms.',
  },
  'not-asked': {
    severity: 'note',
    title: 'A homeserver wanted to be asked more slowly',
    about: 'Some rooms couldn’t be looked at.',
    remedy: 'Run again later, or with fewer `--from`.',
  },
  'workshop-join-wave': {
    severity: 'warning',
    title: 'A workshop looks like an attack',
    about:
      'Moderation bots of the Draupnir kind have a protection, JoinWaveShortCircuit, that makes a room by invitation only after 50 joins within an hour, where it is on.',
    remedy:
      'Before the workshop ask whoever runs the bot to raise the number or to switch the protection off for the day.',
  },
  'workshop-sign-up': {
    severity: 'warning',
    title: 'Too many new accounts from one network',
    about:
      'Homeservers count sign-ups by network address, and a room full of people shares one: with the Matrix Authentication Service 3 at once and 3 more an hour, with Synapse 3 at once and one each 6 seconds.',
    remedy: 'Have people make their account before they come, or use phones with a network of their own.',
  },
  'workshop-sign-in': {
    severity: 'warning',
    title: 'Too many sign-ins from one network',
    about:
      'Synapse lets 5 people sign in with a password from one network address at once, and then one each five and a half minutes.',
    remedy:
      'Have people sign in before they come, or ask the homeserver’s admins to raise the limit for the day.',
  },
} as const satisfies Record<string, Check>

/** Everything that is looked for, by its stable ID. */
export const checks = { ...inTheFile, ...onServers }
export type CheckId = keyof typeof checks

/** All IDs, those of the file first. */
export const checkIds = Object.keys(checks) as readonly CheckId[]

/** The one check, whose fields may be read without knowing which it is. */
export function checkOf(id: CheckId): Check {
  return checks[id]
}

/** True for a check that needs homeservers to be asked. */
export function isOnline(id: CheckId): boolean {
  return id in onServers
}

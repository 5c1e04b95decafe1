/** The words of a community's page. */
export const pageWords = {
  title: (community: string) => `Join ${community} on Matrix`,
  open: 'Open in Foyer',
  openHint: 'Foyer takes you through it in one go: a server, an account, and the rooms below.',
  download: 'Download Foyer',
  afterDownload: 'Once it is installed, come back to this page and choose “Open in Foyer”.',
  otherClient: 'I already use Matrix',
  whatTitle: 'How it works',
  what: [
    'We talk on Matrix, a chat network that belongs to nobody: like e-mail, you choose a server, and your account there reaches everyone else.',
    'You need an account on any of these servers. Then you join our rooms, as few or as many as you like.',
  ],
  privacyTitle: 'Before you write',
  isPublic: 'These rooms are public. Anyone on the internet can read what you write.',
  isUnencrypted: 'Messages aren’t encrypted end to end: servers in these rooms can read them.',
  isEncrypted: 'Messages are encrypted end to end: only people in the rooms can read them.',
  rulesTitle: 'House rules',
  mustAgree: 'You’ll be asked to agree to them before you join.',
  wholeRules: 'Read them in full',
  roomsTitle: 'The rooms',
  more: (rooms: number) =>
    rooms === 1 ? 'One more shows itself inside.' : `${rooms} more show themselves inside.`,
  /** What stands before a contact; a full stop follows it. */
  contact: { person: 'Stuck? Write to ', room: 'Stuck? Ask in ', page: 'Stuck? Ask at ' },
} as const

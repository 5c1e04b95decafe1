/** The words of a community's page. */
export const pageWords = {
  title: (community: string) => `Join ${community} on Matrix`,
  open: 'Open in Foyer',
  openHint: 'Foyer takes you through it in one go: a server, an account, and the rooms below.',
  download: 'Download Foyer',
  otherClient: 'I already use Matrix',
  whatTitle: 'How it works',
  what: [
    'We talk on Matrix, a chat network that belongs to nobody: like e-mail, you choose a server, and your account there reaches everyone else.',
    'You need an account on any of these servers. Then you join our rooms, as few or as many as you like.',
  ],
  privacyTitle: 'Before you write',
  isPublic: 'These rooms are public. Anyone on the internet can read what you write.',
  isUnencrypted: 'Messages in them are not end-to-end encrypted.',
  rulesTitle: 'Our rules',
  wholeRules: 'Read them in full',
  roomsTitle: 'The rooms',
  more: (rooms: number) =>
    rooms === 1 ? 'One more shows itself inside.' : `${rooms} more show themselves inside.`,
  contact: (contact: string) => `Stuck? Write to ${contact}.`,
} as const

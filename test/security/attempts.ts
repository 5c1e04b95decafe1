/** Something a page could try in order to reach a server or to run foreign code. Runs in the page. */
export interface Attempt {
  /** The directive that refuses it. */
  readonly directive: string
  readonly make: (host: string) => unknown
}

/** Every way out of a page that its content security policy has a say over, by name. */
export const attempts: Readonly<Record<string, Attempt>> = {
  fetch: { directive: 'connect-src', make: (host) => void fetch(`http://${host}/fetch`).catch(() => null) },
  'fetch without CORS': {
    directive: 'connect-src',
    make: (host) => void fetch(`http://${host}/opaque`, { mode: 'no-cors' }).catch(() => null),
  },
  XMLHttpRequest: {
    directive: 'connect-src',
    make: (host) => {
      const request = new XMLHttpRequest()
      request.open('GET', `http://${host}/xhr`)
      request.send()
    },
  },
  WebSocket: { directive: 'connect-src', make: (host) => new WebSocket(`ws://${host}/socket`) },
  EventSource: { directive: 'connect-src', make: (host) => new EventSource(`http://${host}/events`) },
  sendBeacon: {
    directive: 'connect-src',
    make: (host) => navigator.sendBeacon(`http://${host}/beacon`, 'x'),
  },
  image: {
    directive: 'img-src',
    make: (host) => {
      new Image().src = `http://${host}/image`
    },
  },
  'image from data': {
    directive: 'img-src',
    make: () => {
      new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    },
  },
  sound: { directive: 'media-src', make: (host) => new Audio(`http://${host}/sound`).load() },
  font: {
    directive: 'font-src',
    make: (host) => void new FontFace('x', `url(http://${host}/font)`).load().catch(() => null),
  },
  stylesheet: {
    directive: 'style-src-elem',
    make: (host) => {
      const link = document.createElement('link')
      Object.assign(link, { rel: 'stylesheet', href: `http://${host}/style` })
      document.head.append(link)
    },
  },
  'inline style': {
    directive: 'style-src-elem',
    make: () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'p{}' })),
  },
  'module script': {
    directive: 'script-src-elem',
    make: (host) => {
      const link = document.createElement('link')
      Object.assign(link, { rel: 'modulepreload', href: `http://${host}/module.js` })
      document.head.append(link)
    },
  },
  frame: {
    directive: 'frame-src',
    make: (host) => {
      const frame = document.createElement('iframe')
      frame.src = `http://${host}/frame`
      document.body.append(frame)
    },
  },
  form: {
    directive: 'form-action',
    make: (host) => {
      const form = document.createElement('form')
      Object.assign(form, { action: `http://${host}/form`, method: 'post' })
      document.body.append(form)
      form.submit()
    },
  },
  base: {
    directive: 'base-uri',
    make: (host) => {
      const base = document.createElement('base')
      base.href = `http://${host}/`
      document.head.append(base)
    },
  },
  worker: {
    directive: 'require-trusted-types-for',
    make: (host) => new Worker(`http://${host}/worker.js`),
  },
  script: {
    directive: 'require-trusted-types-for',
    make: (host) => {
      document.createElement('script').src = `http://${host}/script.js`
    },
  },
  'markup from a string': {
    directive: 'require-trusted-types-for',
    make: () => {
      document.createElement('p').innerHTML = '<img src=x>'
    },
  },
  'a timer with code': {
    directive: 'require-trusted-types-for',
    make: () => setTimeout('window.wasRun = true' as unknown as () => void),
  },
  'a policy for trusted types': {
    directive: 'trusted-types',
    make: () =>
      (
        window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } }
      ).trustedTypes.createPolicy('mine', { createHTML: (text: string) => text }),
  },
}

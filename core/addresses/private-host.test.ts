import { expect, test } from 'vitest'
import { isPrivateHost } from './private-host.ts'

const inside =
  'localhost LOCALHOST:8448 printer.local server db.internal nas.lan localhost. ' +
  '127.0.0.1 10.1.2.3:8080 192.168.0.1 172.16.0.1 172.31.255.1 169.254.169.254 100.64.0.1 0.0.0.0 127.1 2130706433 0x7f.1 0177.0.0.1 224.0.0.1 255.255.255.255 ' +
  '[::1] [::]:443 [fd00::1] [fe80::1] [::ffff:10.0.0.1] [64:ff9b::10.0.0.1]'

test.each(inside.split(' '))('%s is private', (host) => {
  expect(isPrivateHost(host)).toBe(true)
})

const outside =
  'matrix.org matrix.org:8448 localhost.example.org local.example 10.example.org xn--gre-6ka8i.example 1.1.1.1 172.32.0.1 100.128.0.1 ' +
  '[2606:4700::1111] [2606:4700::1111]:8448'

test.each(outside.split(' '))('%s is public', (host) => {
  expect(isPrivateHost(host)).toBe(false)
})

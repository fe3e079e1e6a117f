import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCommandLine } from '../../src/headless/parseCommandLine.ts'

const environment = { TINCAN_KEY: 'Ab'.repeat(32) }
const wrappingKey = new Uint8Array(32).fill(0xab)

test('a data directory and a key are enough', () => {
  assert.deepEqual(parseCommandLine(['--data', 'd'], environment), {
    kind: 'serve',
    options: { data: 'd', lan: false, discover: false, relay: false, wrappingKey },
  })
})

test('every option is read', () => {
  const args = ['--data=d', '--bootstrap', '127.0.0.1:49737,node.example.org:1', '--lan', '--host', '127.0.0.1']
  args.push('--discover', '--relay', '--relay-through', 'cD'.repeat(32))
  assert.deepEqual(parseCommandLine(args, environment), {
    kind: 'serve',
    options: {
      data: 'd',
      lan: true,
      discover: true,
      relay: true,
      relayThrough: new Uint8Array(32).fill(0xcd),
      host: '127.0.0.1',
      bootstrap: [
        { host: '127.0.0.1', port: 49737 },
        { host: 'node.example.org', port: 1 },
      ],
      wrappingKey,
    },
  })
})

test('--help needs nothing else', () => {
  assert.deepEqual(parseCommandLine(['--help'], {}), { kind: 'help' })
})

const refusals: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [[], /--data DIR/],
  [['--data', ''], /--data DIR/],
  [['--data'], /--data/],
  [['--lan'], /--data DIR/],
  [['--data', 'd', '--relay-through', 'cd'], /--relay-through/],
  [['--data', 'd', '--lan=yes'], /--lan/],
  [['--data', 'd', '--port', '1'], /--port/],
  [['--data', 'd', 'more'], /more/],
  [['--data', 'd', '--data', 'e'], /--data is given twice/],
  ...['', 'a', 'a:', ':1', 'a:0', 'a:65536', 'a:1x', 'a:1:2', 'a:1,', ',a:1', 'a b:1', '-a:1', '[::1]:1', 'a:-1'].map(
    (list) => [['--data', 'd', `--bootstrap=${list}`], /HOST:PORT/] as const,
  ),
  ...['', 'localhost', '1.2.3', '1.2.3.256', '::1', '1.2.3.4:5'].map(
    (host) => [['--data', 'd', `--host=${host}`], /--host takes an IPv4 address/] as const,
  ),
]
for (const [args, sentence] of refusals) {
  test(`"${args.join(' ')}" is refused with one sentence`, () => {
    const commandLine = parseCommandLine(args, environment)
    assert.ok(commandLine.kind === 'refused')
    assert.match(commandLine.sentence, sentence)
    assert.match(commandLine.sentence, /^[^\n]+\.$/)
  })
}

for (const key of [undefined, '', 'ab', 'ab'.repeat(31), 'ab'.repeat(33), 'zz'.repeat(32), ` ${'ab'.repeat(32)}`]) {
  test(`the key ${JSON.stringify(key)} is refused, and not quoted`, () => {
    const commandLine = parseCommandLine(['--data', 'd'], { TINCAN_KEY: key })
    assert.deepEqual(commandLine, {
      kind: 'refused',
      sentence: 'The environment variable TINCAN_KEY must hold a key of 64 hexadecimal digits.',
    })
  })
}

test('any arguments and any environment are served, explained or refused with one sentence', () => {
  const options = ['--data', '--lan', '--host', '--bootstrap', '--relay-through', '--help', '--', '--data=d', '--host=']
  const argument = fc.oneof(fc.constantFrom(...options), fc.string({ unit: 'binary' }))
  const key = fc.oneof(fc.constant(environment.TINCAN_KEY), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 6 }), key, (args, text) => {
      const commandLine = parseCommandLine(args, { TINCAN_KEY: text })
      if (commandLine.kind === 'refused') assert.match(commandLine.sentence, /\.$/)
      if (commandLine.kind === 'serve') assert.equal(commandLine.options.wrappingKey.length, 32)
    }),
  )
})

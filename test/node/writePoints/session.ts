/** A process that uses a data directory once: says each thing that was acknowledged, and may be gone at any moment. */
import { createEnvironmentSecret } from '../../../src/headless/environmentSecret.ts'
import { startNodeChat } from '../../../src/node/openNodeChat.ts'
import type { SendBody } from '../../../src/shared/service.ts'

const [directory = '', key = '', round = ''] = process.argv.slice(2)
const say = (...words: readonly string[]): void => void process.stdout.write(`${words.join(' ')}\n`)
const secrets = createEnvironmentSecret(Buffer.from(key, 'hex'))
const chat = await startNodeChat({ directory, secrets, bootstrap: [], host: '127.0.0.1' })

if ((await chat.request('identity/state', {})).kind === 'none') {
  const { person } = await chat.request('identity/create', { name: `Alice ${round}` })
  say('created', person)
  await chat.request('identity/confirmPhrase', {})
  say('confirmed')
}
for (const { id: conversation, kind } of await chat.request('conversation/list', {})) {
  const send = async (words: string): Promise<void> => {
    const body: SendBody = { kind: 'text', text: `${round} ${words}` }
    say('sent', conversation, (await chat.request('message/send', { conversation, body })).id)
  }
  await send(`alone in the ${kind}`)
  await Promise.all([1, 2, 3].map((i) => send(`number ${String(i)} at once in the ${kind}`)))
  await chat.request('draft/set', { conversation, text: `draft ${round}` })
  say('drafted', conversation)
}
await chat.request('identity/rename', { name: `Alice ${round}` })
say('renamed')
await chat.dispose()
say('closed')
process.exit(0)

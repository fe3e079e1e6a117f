/**
 * A bot in sixty lines: whoever writes `!ping`, `!time` or `!help` to it gets an answer. It runs the headless Tincan as a
 * child and speaks JSON-RPC with it, as any program in any language can.
 *
 *     TINCAN_KEY=$(openssl rand -hex 32) node test/examples/answerBot.ts dist/headless.mjs --data DIR
 *
 * With nobody to talk to yet it prints an invite link, which works once and expires after a day. It ends with the headless
 * process, and that ends when the bot does.
 */
import { spawn } from 'node:child_process'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'

interface Received {
  readonly conversation: string
  readonly message: {
    readonly id: string
    readonly state: string
    readonly body: { readonly kind: string; readonly text?: string }
  }
}

const answers: ReadonlyMap<string, () => string> = new Map([
  ['!ping', () => 'pong'],
  ['!time', () => `Here it is ${new Date().toISOString()}.`],
  ['!help', () => `I answer ${[...answers.keys()].join(', ')}.`],
])

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] })
const tincan = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))

// A headless Tincan ends when its stdin closes, and so when the bot does, however that ends.
child.once('exit', (code) => process.exit(code ?? 1))
tincan.onNotification('message/added', (received: Received) => void answer(received).catch(complain))
tincan.listen()
await begin().catch(complain)

/** Sees to it that there is an identity, and somebody to talk to. */
async function begin(): Promise<void> {
  if ((await tincan.sendRequest('identity/get', {})) === null)
    await tincan.sendRequest('identity/create', { name: 'Answer Bot' })
  const conversations = await tincan.sendRequest<readonly unknown[]>('conversation/list', {})
  if (conversations.length > 0) return
  const invite = { kind: 'contact', autoAccept: true }
  const { link } = await tincan.sendRequest<{ readonly link: string }>('invite/create', invite)
  console.log(`Join with this link: ${link}`)
}

async function answer({ conversation, message }: Received): Promise<void> {
  const { id, state, body } = message
  if (state !== 'received' || body.kind !== 'text') return
  await tincan.sendRequest('conversation/read', { conversation, upTo: id })
  const text = answers.get(body.text?.trim() ?? '')?.()
  if (text === undefined) return
  await tincan.sendRequest('message/send', { conversation, body: { kind: 'text', text } })
}

/** What goes wrong with one message is no reason to stop. Only the code is shown: a message could quote what was said. */
function complain(error: unknown): void {
  const { data } = error as { readonly data?: { readonly code?: unknown } }
  console.error(`Tincan refused: ${typeof data?.code === 'string' ? data.code : 'no answer'}`)
}

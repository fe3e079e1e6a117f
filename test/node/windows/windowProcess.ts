/** One window without an editor: joins a data directory as the host does, and does what it is told on stdin. */
import { createInterface } from 'node:readline'
import { createChatLife } from '../../../src/host/life/chatLife.ts'
import { createJoinProfile } from '../../../src/node/windows/joinProfile.ts'
import { createEnvironmentSecret } from '../../../src/headless/environmentSecret.ts'
import { createStderrLog } from '../../../src/headless/stderrLog.ts'
import { openNodeChat } from '../../../src/node/openNodeChat.ts'
import type { ChatService, ServiceMethod, ServiceRequests } from '../../../src/shared/service.ts'
import { ChatError } from '../../../src/shared/chatError.ts'

interface WindowOptions {
  readonly directory: string
  readonly key: string
  readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
  readonly protocol?: number
}

const { directory, key, bootstrap, protocol } = JSON.parse(process.argv[2] ?? '') as WindowOptions
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const log = createStderrLog((line) => process.stderr.write(line))
const bytes = Buffer.from(key, 'hex')
const secrets =
  bytes.length === 32
    ? createEnvironmentSecret(bytes)
    : { get: async () => undefined, set: async () => undefined, forget: async () => undefined }
const join = createJoinProfile({
  directory,
  secrets,
  log,
  ...(protocol !== undefined && { protocol }),
  openChat: async (fence) => {
    const chat = await openNodeChat({ directory, fence, secrets, bootstrap, host: '127.0.0.1', log })
    await chat.start()
    return chat
  },
})
const life = createChatLife({ join, log })
const tell = (): void => {
  const { phase } = life
  if (phase.kind === 'running') say(life.leads ? 'leads' : 'follows')
  else if (phase.kind === 'elsewhere') say(`elsewhere ${phase.why}`)
  else say(phase.kind)
}
life.onDidChangePhase(({ kind }) => {
  tell()
  if (kind !== 'running') return
  service().on('message/added', ({ message }) => {
    const text = message.body.kind === 'text' ? message.body.text : message.body.kind
    say(`added ${text} ${life.standing.speaks ? 'aloud' : 'silently'}`)
  })
})
life.onDidChangeLeader(tell)

function service(): ChatService {
  const { phase } = life
  if (phase.kind !== 'running') throw new Error(`Not running but ${phase.kind}`)
  return phase.chat
}

async function ask(id: string, method: ServiceMethod, params: unknown): Promise<void> {
  try {
    say(
      `answer ${id} ${JSON.stringify(await service().request(method, params as ServiceRequests[ServiceMethod]['params']))}`,
    )
  } catch (error) {
    say(`refused ${id} ${error instanceof ChatError ? error.code : String(error)}`)
  }
}

createInterface(process.stdin).on('line', (line) => {
  const [command = '', id = '', method = '', ...rest] = line.split(' ')
  if (command === 'ask') void ask(id, method as ServiceMethod, JSON.parse(rest.join(' ') || '{}'))
  else if (command === 'use') life.report({ isFocused: id === 'focused', usedAt: Date.now() })
  else if (command === 'memory') {
    globalThis.gc?.()
    say(`memory ${process.memoryUsage.rss()}`)
  } else if (command === 'leave') void life.dispose().then(() => process.exit(0))
})
void life.start()

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createEnvironmentSecret } from '../../../src/headless/environmentSecret.ts'
import { startNodeChat } from '../../../src/node/openNodeChat.ts'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { FaultyDisk } from '../../headless/faults/faultyDisk.ts'
import { count } from '../../record/tally.ts'

const script = fileURLToPath(new URL('session.ts', import.meta.url))

/** What was acknowledged, or found, on a data directory, over all processes that used it. */
export interface Acknowledged {
  readonly key: string
  person?: string
  isConfirmed: boolean
  readonly messages: Map<MessageId, ConversationId>
  readonly drafts: Map<ConversationId, string>
  name?: string
}

export const nothingYet = (key: string): Acknowledged => ({
  key,
  isConfirmed: false,
  messages: new Map(),
  drafts: new Map(),
})

/**
 * Lets a process use a data directory until it dies at its `change`th change to the disk. Answers whether it died there:
 * false where it made fewer changes.
 */
export function useOnce(
  directory: string,
  disk: FaultyDisk,
  { change, isTorn, round }: { readonly change: number; readonly isTorn: boolean; readonly round: string },
  known: Acknowledged,
): boolean {
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, [script, directory, known.key, round], {
    env: { PATH: process.env['PATH'], ...disk.dyingAt(change, isTorn) },
    encoding: 'utf8',
    timeout: 120_000,
  })
  // A line that is cut off says nothing.
  for (const line of stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n')) note(known, line, round)
  if (signal === 'SIGKILL') {
    count({ faults: 1 })
    return true
  }
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^closed$/m)
  return false
}

function note(known: Acknowledged, line: string, round: string): void {
  const [what, first = '', second = ''] = line.split(' ')
  if (what === 'created') known.person = first
  else if (what === 'confirmed') known.isConfirmed = true
  else if (what === 'sent') known.messages.set(second as MessageId, first as ConversationId)
  else if (what === 'drafted') known.drafts.set(first as ConversationId, `draft ${round}`)
  else if (what === 'renamed') known.name = `Alice ${round}`
}

/** Opens the directory as the next process would: everything acknowledged is there, once, and nothing asks for repair. */
export async function checkDirectory(directory: string, round: string, known: Acknowledged): Promise<void> {
  const secrets = createEnvironmentSecret(Buffer.from(known.key, 'hex'))
  const chat = await startNodeChat({ directory, secrets, bootstrap: [], host: '127.0.0.1' })
  try {
    const state = await chat.request('identity/state', {})
    assert.deepEqual(await chat.request('store/state', {}), {}, 'a death leaves nothing to repair')
    if (state.kind === 'locked') assert.fail('an identity is left behind that does not open')
    if (state.kind === 'none') {
      assert.equal(known.person, undefined, 'an identity that was acknowledged is there')
      return
    }
    if (known.person !== undefined) assert.equal(state.identity.person, known.person)
    if (known.isConfirmed) assert.equal(state.phrasePending, false)
    // Whoever is not told that something was done may find it done, or not; what is found once stays.
    const { name } = state.identity
    if (known.name !== undefined) assert.ok([known.name, `Alice ${round}`].includes(name), name)
    known.name = name
    for (const { id: conversation } of await chat.request('conversation/list', {})) {
      const history: Message[] = []
      for (let hasMore = true; hasMore;) {
        const [oldest] = history
        const page = { conversation, limit: 200, ...(oldest && { before: oldest.id }) }
        const answer = await chat.request('conversation/history', page)
        history.unshift(...answer.messages)
        hasMore = answer.hasMore
      }
      checkHistory(
        history,
        [...known.messages].filter(([, of]) => of === conversation).map(([id]) => id),
      )
      const draft = known.drafts.get(conversation)
      const { text } = await chat.request('draft/get', { conversation })
      if (draft !== undefined) assert.ok([draft, `draft ${round}`].includes(text), text)
      known.drafts.set(conversation, text)
      for (const { id } of history) known.messages.set(id, conversation)
    }
  } finally {
    await chat.dispose()
  }
}

function checkHistory(history: readonly Message[], acknowledged: readonly MessageId[]): void {
  const ids = history.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length, 'no message is there twice')
  for (const id of acknowledged) assert.ok(ids.includes(id), 'a message that was acknowledged is there')
  const texts = history.flatMap(({ body, state }) => (body.kind === 'text' && state !== 'received' ? [body.text] : []))
  const own = texts.filter((text) => /in the (direct|room)$/.test(text))
  assert.equal(new Set(own).size, own.length, 'nothing that was said once is there twice')
  for (const device of new Set(history.map((message) => message.device))) {
    const of = history.filter((message) => message.device === device && message.seq > 0 && message.body.kind === 'text')
    const seqs = of.map(({ seq }) => seq)
    assert.equal(new Set(seqs).size, seqs.length, 'no number is given twice')
  }
}

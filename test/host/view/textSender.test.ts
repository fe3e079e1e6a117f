import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scanBody } from '../../../src/host/guard/scanBody.ts'
import type { TextSenderInit } from '../../../src/host/view/textSender.ts'
import { createTextSender } from '../../../src/host/view/textSender.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { SendBody } from '../../../src/shared/service.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { plainEnglish } from '../plainEnglish.ts'

const conversation = 'c'.repeat(64) as ConversationId
const message = (request: number, text: string) => ({ type: 'send', request, conversation, text }) as const
const secret = 'password = "Tr0ub4dor&3"'

/** A sender whose texts go nowhere but into `sent`. */
function sender({ scan = scanBody, refusal }: { scan?: TextSenderInit['scan']; refusal?: Error } = {}) {
  const sent: string[] = []
  const log = new RecordingLog()
  const request = (_: string, params: { body: SendBody }) => {
    if (refusal !== undefined) return Promise.reject(refusal)
    sent.push(params.body.text)
    return Promise.resolve({ id: `id of ${params.body.text}` as MessageId })
  }
  const model = { request } as unknown as TextSenderInit['model']
  return { sent, log, send: createTextSender({ model, scan, l10n: plainEnglish, log }) }
}

describe('createTextSender', () => {
  it('sends what holds no secret', async () => {
    const { sent, send } = sender()
    assert.deepEqual(await send(message(1, 'Tea?')), { type: 'sendResult', request: 1, id: 'id of Tea?' })
    assert.deepEqual(sent, ['Tea?'])
  })

  it('holds back what looks like a secret, says where it is and not what it is', async () => {
    const { sent, log, send } = sender()
    const { findings, sentence } = await send(message(2, `Try this:\n${secret}`))
    assert.deepEqual(sent, [])
    assert.deepEqual(findings, [{ kind: 'assignment', from: 22, to: 33, firstLine: 2, lastLine: 2 }])
    assert.equal(sentence, 'This looks like it holds a password or key in line 2.')
    assert.doesNotMatch(JSON.stringify(log), /Tr0ub4dor/)
  })

  it('sends it once the user has seen that', async () => {
    const { sent, send } = sender()
    assert.equal((await send({ ...message(3, secret), anyway: true })).findings, undefined)
    assert.deepEqual(sent, [secret])
  })

  it('keeps the order of what is said, however long each is scanned', async () => {
    const waits: (() => void)[] = []
    const scan = () => new Promise<readonly []>((resolve) => waits.push(() => resolve([])))
    const { sent, send } = sender({ scan })
    const both = [send(message(1, 'first')), send({ ...message(2, 'second'), anyway: true })]
    while (sent.length < 2) {
      // The newest scan answers first, as far as there is more than one.
      waits.pop()?.()
      await Promise.resolve()
    }
    await Promise.all(both)
    assert.deepEqual(sent, ['first', 'second'])
  })

  it('says why something could not be sent, and goes on', async () => {
    const { send } = sender({ refusal: chatError('store-failed') })
    assert.match((await send(message(1, 'Tea?'))).sentence ?? '', /disk|kept|stored/)
    const broken = sender({ scan: () => Promise.reject(new Error('no scanner')) })
    assert.notEqual((await broken.send(message(1, 'Tea?'))).sentence, undefined)
    assert.deepEqual(broken.sent, [], 'what cannot be scanned does not leave')
  })
})

import { parentPort } from 'node:worker_threads'
import { createTokenizer } from './tokenizer.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** The thread's door: one tokenizer, one block at a time. The host ends the thread when it takes too long. */
const port = parentPort
if (port !== null) {
  const tokenizer = createTokenizer()
  port.on('message', (message: ToWorker) => {
    if (message.type === 'theme') {
      tokenizer.setTheme(message.theme)
      return
    }
    const { id, language, text } = message
    const answer = (reply: FromWorker): void => port.postMessage(reply)
    tokenizer.tokenize(language, text).then(
      (coloured) => answer({ id, ...coloured }),
      () => answer({ id }),
    )
  })
}

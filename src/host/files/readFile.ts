import { maxPieceBytes } from '../../shared/files.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** All of a file that is here; the caller knows that it is small. Rejects with `file-not-here`. */
export async function readFile(
  model: Pick<ChatModel, 'request'>,
  place: { readonly conversation: ConversationId; readonly message: MessageId },
  size: number,
): Promise<Uint8Array> {
  const { conversation, message } = place
  const pieces: Buffer[] = []
  for (let at = 0; at < size; at += maxPieceBytes) {
    const { data } = await model.request('file/read', { conversation, message, at, length: maxPieceBytes })
    pieces.push(Buffer.from(data, 'base64url'))
  }
  return new Uint8Array(Buffer.concat(pieces))
}

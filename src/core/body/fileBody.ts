import {
  maxFileBytes,
  maxFileNameBytes,
  maxMediaTypeLength,
  maxPictureSide,
  maxThumbnailBytes,
  type FileBody,
  type Picture,
} from '../../shared/files.ts'
import { isFileName } from '../../shared/fileName.ts'
import { isDecodable, parsePictureHeader } from '../../shared/pictureHeader.ts'
import { fromBase64url, toBase64url } from '../codec/base64url.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes } from '../crypto/primitives.ts'
import { isFields, type BodyFields } from './bodyFields.ts'

/** A file as an event names it: with the hash that proves its parts and the key that opens them, in hex. */
export interface WireFile extends FileBody {
  readonly root: string
  readonly key: string
}

/** The most pixels of a side of a thumbnail: what fits its bytes is never larger. */
const maxThumbnailSide = 1024

/** What is said of a file behind its kind. */
export function writeFile(writer: Writer, { name, size, mediaType, root, key, picture }: WireFile): void {
  writer.string(name).uint(size).string(mediaType).fixed(idBytes(root)).fixed(idBytes(key))
  writer.optional(picture, ({ width, height, thumbnail }) => {
    const bytes = thumbnail === undefined ? undefined : fromBase64url(thumbnail)
    writer
      .uint(width)
      .uint(height)
      .bytes(bytes ?? new Uint8Array(0))
  })
}

/** The fields as they stand, unchecked. */
export function readFile(reader: Reader): object {
  return {
    kind: 'file',
    name: reader.string(maxFileNameBytes),
    size: reader.uint(maxFileBytes),
    mediaType: reader.string(maxMediaTypeLength),
    root: toHex(reader.fixed(hashBytes)),
    key: toHex(reader.fixed(keyBytes)),
    picture: reader.optional(() => {
      const [width, height] = [reader.uint(maxPictureSide), reader.uint(maxPictureSide)]
      const thumbnail = reader.bytes(maxThumbnailBytes)
      return { width, height, ...(thumbnail.length > 0 && { thumbnail: toBase64url(thumbnail) }) }
    }),
  }
}

/** A file from untrusted fields; `undefined` when one of them is wrong. */
export function parseFile({ name, size, mediaType, root, key, picture }: BodyFields): WireFile | undefined {
  if (!isFileName(name) || !isMediaType(mediaType) || !isHash(root) || !isHash(key)) return undefined
  if (!Number.isSafeInteger(size) || Number(size) < 0 || Number(size) > maxFileBytes) return undefined
  const shown = picture === undefined ? undefined : parsePicture(picture)
  if (picture !== undefined && shown === undefined) return undefined
  return { kind: 'file', name, size: Number(size), mediaType, root, key, ...(shown && { picture: shown }) }
}

/** What a picture looks like, from untrusted fields; `undefined` when one is wrong, also the thumbnail's own bytes. */
export function parsePicture(value: unknown): Picture | undefined {
  if (!isFields(value)) return undefined
  const { width, height, thumbnail } = value
  if (!isSide(width) || !isSide(height)) return undefined
  if (thumbnail === undefined) return { width, height }
  if (typeof thumbnail !== 'string' || thumbnail.length > 2 * maxThumbnailBytes) return undefined
  const bytes = fromBase64url(thumbnail)
  if (bytes === undefined || bytes.length === 0 || bytes.length > maxThumbnailBytes) return undefined
  const header = parsePictureHeader(bytes)
  if (header === undefined || header.type === 'image/gif' || !isDecodable(header)) return undefined
  return Math.max(header.width, header.height) > maxThumbnailSide ? undefined : { width, height, thumbnail }
}

/** Whether a value is a media type such as `image/png`, without parameters. */
export function isMediaType(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxMediaTypeLength && /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(value)
}

/** What everybody may see of a file: where its content is found and how it opens stays in the core. */
export function withoutKeys({ root: _root, key: _key, ...body }: WireFile): FileBody {
  return body
}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const isSide = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= maxPictureSide

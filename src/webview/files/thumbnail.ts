import { maxShownBytes } from '../../shared/fileProtocol.ts'
import { maxPictureSide, maxThumbnailBytes, type Picture } from '../../shared/files.ts'
import { isDecodable, parsePictureHeader } from '../../shared/pictureHeader.ts'
import { toBase64url } from './base64url.ts'

/** Sides in pixels and qualities that are tried one after the other until the picture is small enough. */
const attempts = [
  { side: 320, quality: 0.7 },
  { side: 240, quality: 0.6 },
  { side: 160, quality: 0.5 },
  { side: 96, quality: 0.4 },
] as const

/** What a picture looks like in small; `undefined` for what is no picture that is ever decoded. */
export async function thumbnailOf(blob: Blob): Promise<Picture | undefined> {
  if (blob.size > maxShownBytes) return undefined
  try {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const header = parsePictureHeader(bytes)
    if (header === undefined || !isDecodable(header)) return undefined
    const image = await createImageBitmap(new Blob([bytes], { type: header.type }))
    try {
      const { width, height } = image
      if (Math.max(width, height) > maxPictureSide) return undefined
      const thumbnail = await shrunk(image)
      return { width, height, ...(thumbnail && { thumbnail: toBase64url(thumbnail) }) }
    } finally {
      image.close()
    }
  } catch {
    // The browser cannot decode it: it goes as any other file.
    return undefined
  }
}

async function shrunk(image: ImageBitmap): Promise<Uint8Array | undefined> {
  for (const { side, quality } of attempts) {
    const scale = Math.min(1, side / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.width * scale))
    canvas.height = Math.max(1, Math.round(image.height * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/webp', quality)
    })
    if (blob !== null && blob.size <= maxThumbnailBytes) return new Uint8Array(await blob.arrayBuffer())
  }
  return undefined
}

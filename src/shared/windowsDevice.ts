/** A name that Windows takes for a device, whatever its ending, also with a raised 1, 2 or 3. */
export const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\xb9\xb2\xb3])(?:\.|$)/iu

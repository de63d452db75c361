// The records of PKWARE's APPNOTE 6.3.10 that an archive of a cassette needs.

/** Signatures, little-endian. */
export const SIGNATURE = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  end: 0x06054b50,
} as const;

/** Bytes of the fixed part of each record. */
export const RECORD_BYTES = { local: 30, central: 46, end64: 56, locator64: 20, end: 22 } as const;

/** Bits of an entry's flags. */
export const FLAG = { encrypted: 0x2041, descriptor: 0x0008, utf8: 0x0800 } as const;

export const METHOD = { stored: 0, deflated: 8 } as const;

/** A 32-bit field of this value is found in a zip64 record. */
export const IN_ZIP64 = 0xffff_ffff;
/** The same of a 16-bit field. */
export const COUNT_IN_ZIP64 = 0xffff;

/** Id of the extra field with 64-bit sizes. */
export const ZIP64_EXTRA = 0x0001;

/** The entry with the places at which reading can start; any other reader ignores it. */
export const OFFSETS_NAME = "cassette-offsets.json";

/** Bytes between those places. */
export const BLOCK_BYTES = 1024 * 1024;

package dev.sluice.contracts.frame;

/// Version 1 of the frame, all numbers big-endian.
///
/// ```
///  0  magic "SLUC"            28  producer id      16 bytes
///  4  version          u8     44  trace id         16 bytes
///  5  codec            u8     60  span id           8 bytes
///  6  flags, zero     u16     68  trace flags      u8
///  8  dictionary id   i32     69  zero              3 bytes
/// 12  event count     i32     72  stored block size i32
/// 16  block size      i32     76  block
/// 20  created, micros i64      …  CRC-32C of all before  i32
/// ```
///
/// The decompressed block is the events, one after another: the number of sections (u8), then for
/// each section its number (u8), its length (LEB128) and its bytes.
///
/// A new kind of section does not change the version: a reader that does not know its number
/// refuses the frame whole, as it would refuse a new version, and still reads every frame without
/// one. So readers are deployed before those who write a new section, and a section once read never
/// changes its meaning.
final class FrameLayout {

    static final int MAGIC = 0x534C5543;
    static final int VERSION = 1;
    static final int EVENT_COUNT_AT = 12;
    static final int STORED_SIZE_AT = 72;
    static final int HEADER_BYTES = 76;
    static final int CHECKSUM_BYTES = 4;

    private FrameLayout() {}
}

import Foundation

/// Bytes at an address that stays the same as long as this object lives, as the C libraries need for a file they read.
final class OwnedBytes {
    let address: UnsafeMutableRawPointer
    let count: Int

    init(count: Int) {
        self.count = count
        address = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 16)
    }

    deinit { address.deallocate() }

    /// Lends a reader of the bytes.
    func withReader<Result, Failure: Error>(_ body: (ByteReader) throws(Failure) -> Result) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(ByteReader(UnsafeRawBufferPointer(start: address, count: count)))
    }

    /// A copy of the bytes.
    var data: Data { Data(bytes: address, count: count) }
}

package import Foundation

/// A ZIP archive of stored files (PKWARE APPNOTE 6.3.3).
package enum SmallZIP {
    /// Puts files into an archive, and behind them `deflated`: a stream that says it unpacks to so many bytes.
    package static func make(
        _ files: [(name: String, bytes: Data)], deflated: (name: String, stream: Data, size: UInt32)? = nil
    ) -> Data {
        var archive = Data()
        var directory = Data()
        var all = files.map { (name: $0.name, bytes: $0.bytes, size: UInt32($0.bytes.count), method: UInt16(0)) }
        if let deflated { all.append((deflated.name, deflated.stream, deflated.size, 8)) }
        for (name, bytes, size, method) in all {
            let offset = UInt32(archive.count)
            let name = Data(name.utf8)
            let shared = header(method: method, packed: UInt32(bytes.count), size: size, nameLength: UInt16(name.count))
            archive += Data([0x50, 0x4B, 3, 4]) + shared + name + bytes
            directory += Data([0x50, 0x4B, 1, 2, 20, 0]) + shared + Data(count: 10)
            directory += little(offset) + name
        }
        let start = UInt32(archive.count)
        archive += directory + Data([0x50, 0x4B, 5, 6, 0, 0, 0, 0])
        archive += little(UInt16(all.count)) + little(UInt16(all.count)) + little(UInt32(directory.count))
        return archive + little(start) + Data(count: 2)
    }

    /// A deflated stream of one block that is not compressed (RFC 1951, 3.2.4); at most 65535 bytes.
    package static func storedBlock(_ bytes: Data) -> Data {
        let length = UInt16(bytes.count)
        return Data([1]) + little(length) + little(~length) + bytes
    }

    /// What a file's own header and its entry in the directory have in common.
    private static func header(method: UInt16, packed: UInt32, size: UInt32, nameLength: UInt16) -> Data {
        var header = little(UInt16(20)) + little(UInt16(0)) + little(method) + Data(count: 8)
        header += little(packed) + little(size)
        return header + little(nameLength) + Data(count: 2)
    }

    private static func little(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
}

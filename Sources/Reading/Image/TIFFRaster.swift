import CLeptonica
import CTIFF
import Foundation

/// Decodes a page of a TIFF that Leptonica does not: in tiles, in separate planes, in colours that libtiff converts.
struct TIFFRaster {
    private let bytes: OwnedBytes

    init(_ bytes: OwnedBytes) { self.bytes = bytes }

    /// The page whose directory begins at `offset`, in colour; nil when libtiff cannot decode it.
    func image(at offset: UInt64) -> PixelImage? {
        let memory = TIFFMemory(bytes)
        return withExtendedLifetime(memory) {
            guard let file = memory.open() else { return nil }
            defer { TIFFClose(file) }
            var message = [CChar](repeating: 0, count: 1024)
            guard TIFFSetSubDirectory(file, offset) == 1, TIFFRGBAImageOK(file, &message) == 1,
                let size = bytes.withReader({ TIFFDirectories.size(of: offset, in: $0) }),
                let width = Int32(exactly: size.width), let height = Int32(exactly: size.height),
                let image = PixelImage(pixCreate(width, height, 32)), let words = pixGetData(image.pix)
            else { return nil }
            let isRead = TIFFReadRGBAImageOriented(
                file, UInt32(width), UInt32(height), words, Int32(ORIENTATION_TOPLEFT), 1)
            guard isRead == 1 else { return nil }
            // libtiff packs ABGR, the reverse of Leptonica's RGBA.
            for index in 0..<Int(width) * Int(height) { words[index] = words[index].byteSwapped }
            if let resolution = bytes.withReader({ TIFFDirectories.resolution(of: offset, in: $0) }) {
                let (x, y) = (resolution.horizontal.rounded(), resolution.vertical.rounded())
                pixSetResolution(image.pix, Int32(min(x, 10_000)), Int32(min(y, 10_000)))
            }
            return image
        }
    }
}

/// The bytes of a TIFF as libtiff reads a file: at a place that moves.
private final class TIFFMemory {
    private let bytes: OwnedBytes
    private var place = 0

    init(_ bytes: OwnedBytes) { self.bytes = bytes }

    /// Opens the file; this object must outlive it.
    func open() -> OpaquePointer? {
        TIFFClientOpen(
            "page", "rm", Unmanaged.passUnretained(self).toOpaque(),
            { tmsize_t(TIFFMemory.of($0).read($1, Int($2))) }, { _, _, _ in -1 }, { TIFFMemory.of($0).seek($1, $2) },
            { _ in 0 },
            { toff_t(TIFFMemory.of($0).bytes.count) }, { _, _, _ in 0 }, { _, _, _ in })
    }

    private static func of(_ handle: thandle_t?) -> TIFFMemory {
        guard let handle else { preconditionFailure("libtiff lost the handle it was given") }
        return Unmanaged.fromOpaque(handle).takeUnretainedValue()
    }

    private func read(_ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        let taken = max(0, min(count, bytes.count - place))
        target?.copyMemory(from: bytes.address + place, byteCount: taken)
        place += taken
        return taken
    }

    private func seek(_ offset: toff_t, _ origin: Int32) -> toff_t {
        let base = origin == SEEK_CUR ? place : origin == SEEK_END ? bytes.count : 0
        place = min(bytes.count, max(0, base &+ Int(truncatingIfNeeded: offset)))
        return toff_t(place)
    }
}

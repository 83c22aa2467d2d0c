package import Documents
package import Foundation

/// The facts by which marks are judged, for fitting the weights: what is found on a scan of a drawn page.
package struct MarkSamples {
    /// A mark that may be one, and its facts.
    package struct Sample: Sendable {
        package let box: Box
        package let facts: [Double]
    }

    private let reader: ScanReader

    package init() throws(ReadingError) {
        reader = ScanReader(recognizer: try Recognizer(), second: nil, limits: ReaderLimits())
    }

    /// The squares of an image file's first page, which lies upright, and the page's width in their pixels.
    package func checkboxes(in file: Data) throws -> (samples: [Sample], width: Double) {
        let (finder, width) = try finder(of: file)
        return (finder?.squares().map { Sample(box: $0.square.box, facts: $0.facts) } ?? [], width)
    }

    /// The ink above lines to sign on.
    package func signatures(in file: Data) throws -> (samples: [Sample], width: Double) {
        let (finder, width) = try finder(of: file)
        return (finder?.writingOnLines().map { Sample(box: $0.bounds.box, facts: $0.values) } ?? [], width)
    }

    /// The ink of words that stand in boxes on a page of `pageWidth`, in whatever unit.
    package func words(in file: Data, boxes: [Box], pageWidth: Double) throws -> [Sample?] {
        let (finder, width) = try finder(of: file)
        return boxes.map { box in
            finder?.writing(in: box.scaled(width / pageWidth)).map { Sample(box: $0.bounds.box, facts: $0.values) }
        }
    }

    private func finder(of file: Data) throws -> (finder: MarkFinder?, width: Double) {
        let bytes = OwnedBytes(count: file.count)
        file.copyBytes(to: UnsafeMutableRawBufferPointer(start: bytes.address, count: file.count))
        let image = try ImageFile(bytes, kind: FileKind.sniff(file) ?? .tiff)
        let straight = try reader.straightened(image.page(0, pixelsMax: reader.limits.pixelsMax))
        let finder = MarkFinder(page: straight.page, dpi: straight.dpi)
        return (finder, finder?.width ?? 0)
    }
}

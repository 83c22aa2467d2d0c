package import Documents
package import Foundation

/// Examples that were drawn, worn, written to files and then really read: what confidence is fitted on and judged by.
package struct ReadExamples {
    private let generator: CorpusGenerator

    /// Files as they were read.
    package struct Reading: Sendable {
        package var examples: [Example]
        /// What reading did to the words of those that were scans.
        package var noise: ReadingNoise
    }

    package init(seed: UInt64, wordLists: URL) throws {
        generator = try CorpusGenerator(seed: seed, wordLists: wordLists)
    }

    /// `count` files of one document each, of a split; `read` gives a file's pages and is asked for as many files at a
    /// time as there are `readers`.
    ///
    /// A file is removed from `folder` once it is read. Pages are scaled to the corpus's 300 dpi, so that boxes read can
    /// be compared with boxes drawn.
    package func examples(
        _ split: CorpusSplit, count: Int, folder: URL, readers: Int,
        read: @escaping @Sendable (URL) async throws -> [PageReading]
    ) async throws -> Reading {
        let files = try generator.generateSingles(count: count, into: folder, split: split)
        let pages = try await files.map { folder.appending(path: $0.name) }.concurrentMap(atOnce: readers) { file in
            let readings = try await read(file)
            try FileManager.default.removeItem(at: file)
            return readings
        }
        var measure = NoiseMeasure()
        var examples: [Example] = []
        for (file, pages) in zip(files, pages) {
            guard let example = ReadExamples.example(file, pages) else { continue }
            for (drawn, read) in zip(file.readings, example.pages) { measure.add(drawn: drawn, read: read) }
            examples.append(example)
        }
        return Reading(examples: examples, noise: measure.noise)
    }

    private static func example(_ file: LabelledFile, _ pages: [PageReading]) -> Example? {
        guard let truth = file.truth.documents.first, let family = file.families.first,
            pages.count == file.readings.count
        else { return nil }
        let scaled = zip(pages, file.readings).map { $0.scaled(by: $1.page.width / $0.page.width) }
        return Example(pages: scaled, truth: truth, family: family)
    }
}

extension PageReading {
    /// The same page with `factor` times as many pixels each way.
    func scaled(by factor: Double) -> PageReading {
        func scaled(_ box: Box) -> Box {
            Box(
                left: box.left * factor, top: box.top * factor, right: box.right * factor,
                bottom: box.bottom * factor)
        }
        var reading = self
        reading.page.width *= factor
        reading.page.height *= factor
        reading.page.dpi *= factor
        for index in reading.words.indices { reading.words[index].box = scaled(words[index].box) }
        for index in reading.checkboxes.indices { reading.checkboxes[index].box = scaled(checkboxes[index].box) }
        for index in page.barcodes.indices { reading.page.barcodes[index].box = scaled(page.barcodes[index].box) }
        for index in page.signatures.indices {
            reading.page.signatures[index].box = scaled(page.signatures[index].box)
        }
        return reading
    }
}

import Crypto
import Documents
package import Foundation

extension CorpusGenerator {
    /// Draws `count` files into `folder`: mail as `000001.pdf` or `.tif`, its truth as `000001.json`, the words as they
    /// were drawn as `000001.words.json`.
    ///
    /// A sixth of the files hold two to four documents in sequence, with `stream` all hold several. Boxes are in pixels
    /// of the upright page at 300 dpi, also where the scan leans or is coarser: a skewed word lies up to a few pixels
    /// beside its box.
    ///
    /// - Parameters:
    ///   - wear: the wear of every file; that of the day's mail when nil.
    ///   - scanned: whether clean files too are written as images, without text.
    ///   - stream: how the documents of every file follow each other.
    @discardableResult
    package func generate(
        count: Int, into folder: URL, split: CorpusSplit? = nil, wear: WearLevel? = nil, scanned: Bool = false,
        stream: StreamKind? = nil
    ) throws -> [LabelledFile] {
        try write(
            (0..<count).map { index in
                var dice = Dice("plan", "\(seed)", "\(index)", split?.rawValue ?? "")
                var plan = FilePlan(split: split, dice: &dice)
                if hasSingles { plan.documentCount = 1 }
                if let wear { plan.wear = wear }
                if plan.wear == .clean { plan.isTIFF = false }
                if scanned { plan.isTIFF = true }
                plan.stream = stream
                return plan
            }, into: folder)
    }

    /// Draws `layouts` folders, `001` and on, of `count` files each: documents of one layout that say different things.
    ///
    /// The types of document take turns.
    package func generateLayouts(
        _ layouts: Int, count: Int, into folder: URL, split: CorpusSplit, wear: WearLevel
    ) throws {
        let ours = Dictionary(grouping: kinds.filter { $0.type != DocumentKind.otherType }, by: \.type)
            .sorted { $0.key < $1.key }.map { $0.value.map { ($0, $0.weight) } }
        var families: Set<String> = []
        var drawn = 0
        for index in 0..<layouts {
            var dice = Dice("layout", "\(seed)", "\(index)", split.rawValue)
            var first: LabelledDocument
            repeat {
                first = try document(
                    of: dice.pick(weighted: ours[index % ours.count]), split: split, dice: &dice)
                drawn += 1
                guard drawn < 100 * (index + 10) else {
                    throw LearningError(.badDrawing, "There are not \(layouts) layouts of that part. Ask for fewer.")
                }
            } while !families.insert(first.family).inserted
            let plans = try (0..<count).map { number in
                var plan = FilePlan(wear: wear, isTIFF: wear != .clean, split: split, kinds: [])
                plan.documents = [
                    number == 0 ? first : try document(family: first.family, number: dice.below(1_000_000))
                ]
                return plan
            }
            let name = String(index + 1)
            _ = try write(
                plans, into: folder.appending(path: String(repeating: "0", count: max(0, 3 - name.count)) + name))
        }
    }

    /// Draws `count` files of one document each, to learn and to fit confidence by.
    ///
    /// More of them than in the mail share their layout with the one before, or go on for some pages: where documents
    /// begin is learned from these.
    func generateSingles(count: Int, into folder: URL, split: CorpusSplit) throws -> [LabelledFile] {
        var last: String?
        return try write(
            (0..<count).map { index in
                var dice = Dice("single", "\(seed)", "\(index)", split.rawValue)
                var plan = FilePlan(split: split, dice: &dice)
                plan.documentCount = 1
                var document = try self.document(
                    of: kind(for: split, dice: &dice), split: split, dice: &dice)
                if let last, dice.chance(0.3) {
                    document = try self.document(family: last, number: dice.below(1_000_000))
                }
                for _ in 0..<(dice.chance(0.25) ? 12 : 0) where document.pages.count == 1 {
                    document = try self.document(family: document.family, number: dice.below(1_000_000))
                }
                last = document.family
                plan.documents = [document]
                return plan
            }, into: folder)
    }

    /// Draws a file for each plan.
    func write(_ plans: [FilePlan], into folder: URL) throws -> [LabelledFile] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try plans.enumerated().map { index, plan in
            var dice = Dice("file", "\(seed)", "\(index)", plan.split.rawValue)
            let number = String(index + 1)
            let name = String(repeating: "0", count: max(0, 6 - number.count)) + number
            return try write(plan, name: name, into: folder, dice: &dice)
        }
    }

    private func write(_ plan: FilePlan, name: String, into folder: URL, dice: inout Dice) throws -> LabelledFile {
        let parts = try parts(of: plan, dice: &dice)
        let file = folder.appending(path: "\(name).\(plan.isTIFF ? "tif" : "pdf")")
        let wears = try write(parts.flatMap(\.pages), plan, to: file, dice: &dice)
        let labelled = try label(parts, file: file, plan: plan, wears: wears)
        try labelled.truth.json(pretty: true).write(to: folder.appending(path: "\(name).json"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(labelled.readings).write(to: folder.appending(path: "\(name).words.json"))
        return labelled
    }

    private func parts(of plan: FilePlan, dice: inout Dice) throws(LearningError) -> [StreamPart] {
        if let stream = plan.stream { return try self.stream(stream, split: plan.split, dice: &dice) }
        var parts = plan.documents.map { StreamPart.document($0) }
        guard parts.isEmpty else { return parts }
        for index in 0..<plan.documentCount {
            let kind =
                plan.kinds.isEmpty
                ? kind(for: plan.split, dice: &dice) : plan.kinds[index % plan.kinds.count]
            parts.append(.document(try document(of: kind, split: plan.split, dice: &dice)))
        }
        return parts
    }

    /// Writes the pages; gives what was done to each.
    private func write(_ pages: [DrawnPage], _ plan: FilePlan, to file: URL, dice: inout Dice) throws -> [Wear] {
        let base = dice.next()
        if plan.wear == .clean, !plan.isTIFF {
            let pdf = try PDFFile(file)
            for page in pages { pdf.add(page) }
            try pdf.close()
            return pages.map { _ in Wear(.clean, dice: &dice) }
        }
        var wears: [Wear] = []
        var scans: [ScannedPage] = []
        for index in pages.indices {
            var machine = Dice(seed: base)
            var wear = Wear(plan.wear, dice: &machine)
            var sheet = Dice(seed: base &+ UInt64(index) &+ 1)
            wear.feed(plan.wear, dice: &sheet)
            // Somebody laid a sheet of the batch the wrong way round.
            if plan.stream == .mixed, plan.wear != .clean, sheet.chance(0.05) { wear = wear.turned(180) }
            // Of a sheet printed on one side, its own print stands for what its back might show.
            let back = pages[index + 1 < pages.count ? index + 1 : index]
            let raster = wear.scan(pages[index], back: back, dice: &sheet)
            let stated = wear.statedDPI
            scans.append(
                ScannedPage(
                    raster: raster, isBitonal: wear.bitonal, dpiX: stated.x, dpiY: stated.y,
                    packing: wear.bitonal
                        ? .fax4 : plan.isTIFF && plan.packsLosslessly ? .lzw : .jpeg(quality: wear.quality)))
            wears.append(wear)
        }
        if plan.isTIFF {
            try TIFFFile.write(scans, to: file)
        } else {
            let pdf = try PDFFile(file)
            for scan in scans { try pdf.add(scan) }
            try pdf.close()
        }
        return wears
    }

    private func label(_ parts: [StreamPart], file: URL, plan: FilePlan, wears: [Wear]) throws
        -> LabelledFile
    {
        var truths: [Document] = []
        var readings: [PageReading] = []
        for part in parts {
            if case .document(let document) = part {
                truths.append(try document.truth(firstPage: readings.count + 1))
            }
            for var reading in part.readings {
                let wear = wears[readings.count]
                reading.page.number = readings.count + 1
                reading.page.source = plan.wear == .clean && !plan.isTIFF ? .text : .ocr
                reading.page.rotation = wear.rotation
                reading.page.skew = (wear.skew * 100).rounded() / 100
                readings.append(reading)
            }
        }
        let digest = SHA256.hash(data: try Data(contentsOf: file))
        let description = FileDescription(
            name: file.lastPathComponent, sha256: digest.hexadecimal,
            mediaType: plan.isTIFF ? "image/tiff" : "application/pdf", pageCount: readings.count)
        return LabelledFile(
            name: file.lastPathComponent, wear: plan.wear, split: plan.split,
            families: parts.compactMap(\.document?.family),
            truth: DocumentResult(
                file: description, pages: readings.map(\.page), documents: truths,
                versions: Versions(model: "truth", policy: "truth", reader: "corpus")),
            readings: readings)
    }
}

/// What one file is to be.
struct FilePlan: Sendable {
    var wear: WearLevel
    var isTIFF: Bool
    var packsLosslessly: Bool
    var documentCount: Int
    var split: CorpusSplit
    /// How its documents follow each other, instead of what `documentCount` and `kinds` say.
    var stream: StreamKind?
    /// Its documents, where they are drawn already.
    var documents: [LabelledDocument] = []
    /// The kinds of its documents in order; any when empty.
    var kinds: [DocumentKind] = []

    init(split: CorpusSplit?, dice: inout Dice) {
        wear = dice.pick(weighted: [(.clean, 0.35), (.office, 0.4), (.poor, 0.25)])
        isTIFF = wear != .clean && dice.chance(0.5)
        packsLosslessly = dice.chance(0.3)
        documentCount = dice.chance(1.0 / 6) ? dice.int(2...4) : 1
        self.split = split ?? dice.pick(weighted: [(.training, 0.6), (.calibration, 0.2), (.evaluation, 0.2)])
    }

    init(wear: WearLevel, isTIFF: Bool, split: CorpusSplit, kinds: [DocumentKind]) {
        self.wear = wear
        self.isTIFF = isTIFF
        packsLosslessly = false
        documentCount = kinds.count
        self.split = split
        self.kinds = kinds
    }
}

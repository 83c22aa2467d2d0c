import Crypto
import Documents
package import Foundation

extension CorpusGenerator {
    /// Draws `count` files into `folder`: mail as `000001.pdf` or `.tif`, its truth as `000001.json`, the words as they
    /// were drawn as `000001.words.json`.
    ///
    /// A sixth of the files hold two to four documents in sequence. Boxes are in pixels of the upright page at 300 dpi,
    /// also where the scan leans or is coarser: a skewed word lies up to a few pixels beside its box.
    ///
    /// - Parameters:
    ///   - wear: the wear of every file; that of the day's mail when nil.
    ///   - scanned: whether clean files too are written as images, without text.
    @discardableResult
    package func generate(
        count: Int, into folder: URL, split: CorpusSplit? = nil, wear: WearLevel? = nil, scanned: Bool = false
    ) throws -> [LabelledFile] {
        try write(
            (0..<count).map { index in
                var dice = Dice("plan", "\(seed)", "\(index)", split?.rawValue ?? "")
                var plan = FilePlan(split: split, dice: &dice)
                if hasSingles { plan.documentCount = 1 }
                if let wear { plan.wear = wear }
                if plan.wear == .clean { plan.isTIFF = false }
                if scanned { plan.isTIFF = true }
                return plan
            }, into: folder)
    }

    /// Draws `count` files of one document each.
    func generateSingles(count: Int, into folder: URL, split: CorpusSplit) throws -> [LabelledFile] {
        try write(
            (0..<count).map { index in
                var dice = Dice("single", "\(seed)", "\(index)", split.rawValue)
                var plan = FilePlan(split: split, dice: &dice)
                plan.documentCount = 1
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
        var documents: [LabelledDocument] = []
        for index in 0..<plan.documentCount {
            let kind =
                plan.kinds.isEmpty
                ? dice.pick(weighted: kinds.map { ($0, $0.weight) }) : plan.kinds[index % plan.kinds.count]
            documents.append(try document(of: kind, split: plan.split, dice: &dice))
        }
        let file = folder.appending(path: "\(name).\(plan.isTIFF ? "tif" : "pdf")")
        let wears = try write(documents.flatMap(\.pages), plan, to: file, dice: &dice)
        let labelled = try label(documents, file: file, plan: plan, wears: wears)
        try labelled.truth.json(pretty: true).write(to: folder.appending(path: "\(name).json"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(labelled.readings).write(to: folder.appending(path: "\(name).words.json"))
        return labelled
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
            let raster = wear.scan(pages[index], dice: &sheet)
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

    private func label(_ documents: [LabelledDocument], file: URL, plan: FilePlan, wears: [Wear]) throws
        -> LabelledFile
    {
        var truths: [Document] = []
        var readings: [PageReading] = []
        for document in documents {
            truths.append(try document.truth(firstPage: readings.count + 1))
            for var reading in document.readings {
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
            name: file.lastPathComponent, sha256: digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            mediaType: plan.isTIFF ? "image/tiff" : "application/pdf", pageCount: readings.count)
        return LabelledFile(
            name: file.lastPathComponent, wear: plan.wear, split: plan.split, families: documents.map(\.family),
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

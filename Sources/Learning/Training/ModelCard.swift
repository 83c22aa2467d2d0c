import Documents
import Foundation
package import Understanding

/// What a model was made of, how well it does, and where it must not be trusted, for people.
package struct ModelCard {
    let model: UnderstandingModel
    let catalog: DocumentTypeCatalog
    let seed: UInt64
    let count: Int
    let readCount: Int
    /// The reading errors that drawn pages were given.
    let noise: ReadingNoise
    /// What was learned from outside of the corpus.
    let given: ExampleShares
    /// Kinds of drawn `other` paper that were left out for it.
    let leftOut: [String]
    let report: EvaluationReport

    package init(
        model: UnderstandingModel, catalog: DocumentTypeCatalog, seed: UInt64, count: Int, readCount: Int,
        noise: ReadingNoise, given: ExampleShares = ExampleShares([]), leftOut: [String] = [], report: EvaluationReport
    ) {
        self.model = model
        self.catalog = catalog
        self.seed = seed
        self.count = count
        self.readCount = readCount
        self.noise = noise
        self.given = given
        self.leftOut = leftOut
        self.report = report
    }

    /// A model's card for the model that it became when its confidence was fitted anew.
    static func refitted(_ card: String, from former: String, to version: String, by command: String) -> String {
        let title = "# The model of understanding"
        let body = card.hasPrefix(title) ? String(card.dropFirst(title.count)) : "\n\n" + card
        return """
            \(title)

            `\(UnderstandingModel.fileName)`, version `\(version)`: the model `\(former)`, its confidence in fields fitted anew by
            `\(command)`. What follows was written of that model, its figures too.
            """ + body
    }

    /// The card in Markdown.
    package var text: String {
        """
        # The model of understanding

        `\(UnderstandingModel.fileName)`, version `\(model.version)`, made by `mailroom train --seed \(seed) --count \(count) --read \(readCount)\(given.isEmpty ? "" : " --examples …")`
        with the document types of hash `\(catalog.hash.prefix(16))`. The same command on the same code\(given.isEmpty ? "" : " and examples") gives the same file.

        ## What is in it
        - Types and subtypes: multinomial linear models over hashed words, word pairs, letter runs and how many labels of each
          type stand on the page, with temperatures.
        - A guard for paper of no known type: the share of words that no document of a known type had.
        - Where documents begin: linear models of first and of last pages, and a logistic curve over facts about a page,
          the page before it and the first page of the document before it.
        - Fields: weights of hashed surroundings crossed with the field, then boosted trees over labels' places and shapes.
        - Confidence: logistic curves fitted on layouts that training never saw; for fields of documents also boosted trees,
          by how well their ink was read.

        ## What it learned from
        \(count) documents that the corpus generator drew (layout families of the training split), more than half of them
        passed through a model of reading errors, and \(readCount) that were worn, written to files and really read. The reading
        errors are those measured on \(noise.pageCount) of these files' pages: \(percent(noise.misreadShare)) of letters misread, \(percent(noise.lostShare)) of words lost.
        Confidence was fitted on \(readCount) really read files of other families. \(origin)

        ## How well it does
        On \(report.documentCount) drawn files of layout families that neither training nor calibration saw, worn and really read.

        ```
        \(report)
        ```

        ## Limits
        - All figures are on drawn paper. Real layouts differ more from the drawn ones than these differ among each other, and
          confidence is too high on them by as much as that costs.
        - Boundaries were fitted on streams put together of single documents; few of them have more than three pages.
        - Signatures are found by their strokes; the confidence that a form is signed is a fixed number, not a fitted one.
        - Tables are read by their heads, shapes and sums; where heads and digits are both lost, sums choose nothing.
        - English, United States dollars, dates month before day.

        """
    }

    private func percent(_ share: Double) -> String {
        share.formatted(.percent.precision(.fractionLength(1)).locale(Locale(identifier: "en_US_POSIX")))
    }

    /// Where what was not drawn comes from.
    private var origin: String {
        guard !given.isEmpty else { return "No paper of a real patient, payer or provider was used." }
        let counts = Dictionary(grouping: given.learning + given.calibration, by: \.truth.type).mapValues(\.count)
        let types = counts.sorted { $0.key < $1.key }.map { "\($0.value) `\($0.key)`" }.joined(separator: ", ")
        let gone =
            leftOut.isEmpty
            ? ""
            : "\nLeft out of the drawn `other` papers, as they are what the examples teach: \(leftOut.joined(separator: ", "))."
        return """
            It also learned from documents given to it:
            \(types); \(given.learning.count) of them to learn from, \(given.calibration.count) to fit confidence on. It holds
            traces of them (hashes of words, weights): where they are patients' paper, keep it as you keep that.\(gone)
            """
    }
}

package import Documents

extension Understander {
    /// The document with what speaks for each of its values in their `evidence`: labels and where they stand, the shape,
    /// the head of the column, the rules that hold with it, what a known layout and the books say, and the facts by which
    /// the model decided most.
    ///
    /// It is found again on the pages by the places of the values, so that reading without it costs nothing. `pages` are
    /// those of the file, as they were when the document was read; a value without ink, or one that a person pointed at
    /// where nothing was read, has the less.
    package func explained(_ document: Document, pages: [PageReading]) -> Document {
        guard let type = catalog[document.type] else { return document }
        let own = Set(document.pages)
        let texts = pages.filter { own.contains($0.page.number) }.map { PageText($0) }.filter { !$0.isBlank }
        let lexicon = LabelLexicon(type)
        let text = DocumentText(
            pages: texts, lexicon: lexicon, shapes: DocumentText.shapes(of: lexicon),
            recall: memories.recall(texts, type: type.name))
        var explainer = ValueExplainer(type: type, text: text, model: model, document: document)
        return explainer.explained()
    }
}

/// Why the words of a page came from where they did: a text layer is trusted only where it agrees with the page as drawn.
package enum SourceReason: String, Codable, Sendable, CaseIterable {
    /// The text layer says what the drawn page shows.
    case textLayerAgrees = "text_layer_agrees"
    /// The same, and letters beside it, in images or drawn as lines, were recognised.
    case lettersBesideText = "letters_beside_text"
    /// The file is an image.
    case imageFile = "image_file"
    /// The page of a PDF has no text of its own.
    case noTextLayer = "no_text_layer"
    /// An image covers most of the page: text over it is another program's reading of that image.
    case imageCoversPage = "image_covers_page"
    /// The text layer is of signs that cannot be printed, or of words that nobody could say.
    case garbledText = "garbled_text"
    /// The text runs up or down the page, which has to be turned to be read.
    case sidewaysText = "sideways_text"
    /// Most of the text is hidden, covered or as white as the paper.
    case textNotShown = "text_not_shown"
    /// What was recognised on the drawn page is not what the text layer says.
    case refutedByOCR = "refuted_by_ocr"
    /// A person said which way up the page is, and its image was recognised so.
    case turnedByPerson = "turned_by_person"
}

extension String {
    /// The same as the beginning of a sentence or title.
    package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

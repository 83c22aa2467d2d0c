/// The features by which pages taken as one document are classified.
package enum TypeFeatures {
    /// At most so many pages are looked at: the first ones tell.
    static let pageCountMax = 6

    package static func of(_ pages: [PageFeatures]) -> SparseFeatures {
        SparseFeatures(counting: pages.prefix(pageCountMax).flatMap(\.hashes))
    }
}

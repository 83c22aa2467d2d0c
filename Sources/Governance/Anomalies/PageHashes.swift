/// The looks of a document's pages, as 64-bit perceptual hashes.
package enum PageHashes {
    /// Hashes of one page, scanned twice, differ in no more bits than this.
    package static let sameBitsMax = 10

    /// Whether the pages of two documents look alike: each page of the shorter like one of the other, which may have one
    /// more, a fax cover for example.
    ///
    /// Nil where no page's look is known.
    package static func lookAlike(_ mine: [UInt64], _ theirs: [UInt64]) -> Bool? {
        guard !mine.isEmpty, !theirs.isEmpty else { return nil }
        let (fewer, more) = mine.count <= theirs.count ? (mine, theirs) : (theirs, mine)
        guard more.count - fewer.count <= 1 else { return false }
        return fewer.allSatisfy { page in more.contains { ($0 ^ page).nonzeroBitCount <= sameBitsMax } }
    }
}

package import Documents

/// Settles doubtful boundaries by money: the claims of a remittance add up to its payment, the lines of an invoice to its
/// total, when all of its pages are there and no others.
package struct SumLook {
    private let read: ([Int]) -> Document

    /// A boundary between these probabilities is doubtful.
    private static let doubtful = 0.03...0.97
    /// The probability of pages whose amounts add up only together, or only apart.
    private static let confidence = 0.97

    /// - Parameter read: reads the pages at some places of the stream as one document.
    package init(read: @escaping ([Int]) -> Document) { self.read = read }

    /// The documents, some of them joined or parted where the sums say so.
    package func settled(_ segments: [Splitter.Segment]) -> [Splitter.Segment] {
        var settled: [Splitter.Segment] = []
        for segment in segments {
            if let last = settled.last, let start = segment.start, Self.doubtful.contains(start.probability),
                let joined = joined(last, segment)
            {
                settled[settled.count - 1] = joined
            } else {
                settled += parted(segment)
            }
        }
        return settled
    }

    private func joined(_ left: Splitter.Segment, _ right: Splitter.Segment) -> Splitter.Segment? {
        guard addsUp(left.places + right.places) == true, addsUp(left.places) != true, addsUp(right.places) != true
        else { return nil }
        var whole = left
        whole.places += right.places
        whole.confidence = Self.confidence
        whole.sum = "its amounts add up to its total with all of these pages, and not with fewer"
        return whole
    }

    private func parted(_ segment: Splitter.Segment) -> [Splitter.Segment] {
        guard let cut = segment.inner.indices.max(by: { segment.inner[$0] < segment.inner[$1] }),
            Self.doubtful.contains(segment.inner[cut]), addsUp(segment.places) != true
        else { return [segment] }
        var (left, right) = (segment, segment)
        left.places = Array(segment.places[...cut])
        right.places = Array(segment.places[(cut + 1)...])
        guard addsUp(left.places) == true else { return [segment] }
        let sum = "the amounts before it add up to their total without it"
        (left.inner, right.inner) = ([], [])
        (left.confidence, right.confidence) = (Self.confidence, Self.confidence)
        right.start = Splitter.Start(probability: Self.confidence, because: [sum])
        return [left, right]
    }

    /// Whether the amounts of pages taken as one document add up to its total; nil when it has none.
    private func addsUp(_ places: [Int]) -> Bool? {
        let sums = read(places).checks.filter {
            $0.name == CheckName.paymentAddsUp.rawValue || $0.name == CheckName.linesSum.rawValue
        }
        return sums.isEmpty ? nil : sums.allSatisfy(\.passed)
    }
}

/// A rectangle on a page, in pixels of the upright page (after rotation and deskew), y growing downwards.
///
/// In JSON it is `[left, top, right, bottom]`, as the document result has it.
package struct Box: Hashable, Sendable {
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    package var width: Double { right - left }
    package var height: Double { bottom - top }
    package var midX: Double { (left + right) / 2 }
    package var midY: Double { (top + bottom) / 2 }

    /// The smallest box that holds both.
    package func union(_ other: Box) -> Box {
        Box(
            left: min(left, other.left), top: min(top, other.top),
            right: max(right, other.right), bottom: max(bottom, other.bottom))
    }

    /// The area that both boxes cover, in square pixels; 0 when they are apart.
    package func overlapArea(_ other: Box) -> Double {
        max(0, min(right, other.right) - max(left, other.left))
            * max(0, min(bottom, other.bottom) - max(top, other.top))
    }

    /// The length in pixels that both boxes cover on the vertical axis; 0 when one is above the other.
    package func verticalOverlap(_ other: Box) -> Double {
        max(0, min(bottom, other.bottom) - max(top, other.top))
    }

    /// The length in pixels that both boxes cover on the horizontal axis; 0 when they are side by side.
    package func horizontalOverlap(_ other: Box) -> Double {
        max(0, min(right, other.right) - max(left, other.left))
    }

    /// The smallest box that holds all of `boxes`, or nil when there are none.
    package static func enclosing(_ boxes: some Sequence<Box>) -> Box? {
        boxes.reduce(nil) { $0?.union($1) ?? $1 }
    }
}

extension Box: Codable {
    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(
            left: try container.decode(Double.self), top: try container.decode(Double.self),
            right: try container.decode(Double.self), bottom: try container.decode(Double.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for edge in [left, top, right, bottom] {
            try container.encode((edge * 10).rounded() / 10)
        }
    }
}

package import Documents

/// Width and height of a page as it was read, in pixels.
package struct PageExtent: Hashable, Sendable {
    package var width: Double
    package var height: Double

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    package init(_ page: Page) { self.init(width: page.width, height: page.height) }
}

/// A quarter, a half or three quarters of a turn clockwise, of a page that was read again so.
package struct PageTurning: Hashable, Sendable {
    /// 0, 90, 180 or 270.
    package var degrees: Int
    package var from: PageExtent
    package var to: PageExtent

    package init(degrees: Int, from: PageExtent, to: PageExtent) {
        self.degrees = degrees
        self.from = from
        self.to = to
    }

    /// Where the ink of `box` is on the turned page, to the little by which it was straightened otherwise.
    package func turned(_ box: Box) -> Box {
        let (width, height) = (from.width, from.height)
        let turned: Box
        switch degrees {
        case 90: turned = Box(left: height - box.bottom, top: box.left, right: height - box.top, bottom: box.right)
        case 180:
            turned = Box(
                left: width - box.right, top: height - box.bottom, right: width - box.left, bottom: height - box.top)
        case 270: turned = Box(left: box.top, top: width - box.right, right: box.bottom, bottom: width - box.left)
        default: turned = box
        }
        let isOnSide = degrees % 180 != 0
        let (across, down) = (to.width / (isOnSide ? height : width), to.height / (isOnSide ? width : height))
        return Box(
            left: turned.left * across, top: turned.top * down, right: turned.right * across,
            bottom: turned.bottom * down)
    }
}

extension Document {
    /// The document with the ink of its values on page `number` where it is once that page is turned.
    package func turning(page number: Int, by turning: PageTurning) -> Document {
        var changed = self
        for located in locatedFields where located.field.page == number {
            guard let box = located.field.box else { continue }
            var field = located.field
            field.box = turning.turned(box)
            _ = changed.put(field, at: located.path)
        }
        return changed
    }
}

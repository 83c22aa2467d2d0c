package import Documents

/// One segment of an X12 interchange: its name and its elements, the parts of a composite apart.
package struct X12Segment: Hashable, Sendable {
    package var name: String
    /// Each element with its components; one component for a simple element, a single empty one for one that is not used.
    package var elements: [[String]]

    package init(name: String, elements: [[String]]) {
        self.name = name
        self.elements = elements
    }

    /// A segment of elements as they stand; those at the end that are empty fall away (X12.6, 3.6).
    package init(_ name: String, _ elements: Element...) {
        self.init(name, elements)
    }

    package init(_ name: String, _ elements: [Element]) {
        var components = elements.map(\.components)
        while components.last.map({ $0.allSatisfy(\.isEmpty) }) == true { components.removeLast() }
        self.init(name: name, elements: components)
    }

    /// The first component of the element numbered `number`, from 1; empty where there is none.
    package subscript(_ number: Int) -> String { self[number, 1] }

    /// The component numbered `component` of the element numbered `number`, both from 1; empty where there is none.
    package subscript(_ number: Int, _ component: Int) -> String {
        guard elements.indices.contains(number - 1), elements[number - 1].indices.contains(component - 1) else {
            return ""
        }
        return elements[number - 1][component - 1]
    }

    /// What an element of a segment is written from.
    package struct Element: Hashable, Sendable, ExpressibleByStringLiteral {
        fileprivate let components: [String]

        package init(stringLiteral value: String) { components = [value] }

        /// A code or number of our own making: it has no sign that separates.
        package static func code(_ text: String) -> Element { Element(components: [text]) }

        /// Text from outside, brought into the character set (`X12Text`) and cut to `length` signs.
        package static func text(_ text: String?, _ length: Int) -> Element {
            Element(components: [text.map { X12Text.element($0, length: length) } ?? ""])
        }

        package static func amount(_ amount: Money) -> Element { Element(components: [X12Text.amount(amount)]) }

        package static func date(_ date: CalendarDate) -> Element { Element(components: [X12Text.date(date)]) }

        package static func composite(_ components: [String]) -> Element {
            Element(components: components.map { X12Text.element($0, length: 48) })
        }

        package static let unused = Element(components: [""])

        private init(components: [String]) { self.components = components }
    }
}

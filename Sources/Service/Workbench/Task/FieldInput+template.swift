import Mustache

// A page has thousands of these; by reflection, which the templates use otherwise, finding their parts takes longer than
// all else that the page needs.

extension FieldInput: MustacheParent {
    /// The part of this name; what is not there is `false`, so that it is not looked for around the input.
    func child(named name: String) -> Any? {
        switch name {
        case "path": path
        case "id": id
        case "label": label
        case "fullLabel": fullLabel
        case "value": value
        case "level": level
        case "percent": percent ?? false as Any
        case "note": note ?? false as Any
        case "error": error ?? false as Any
        case "page": page ?? false as Any
        case "box": box ?? false as Any
        case "rank": rank ?? false as Any
        case "kind": kind
        case "isLong": isLong
        case "options": options
        case "hasOptions": hasOptions
        case "others": others
        case "hasOthers": hasOthers
        default: nil
        }
    }
}

extension FieldInput.Other: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "digit": digit
        case "reading": reading
        default: nil
        }
    }
}

extension FieldInput.Option: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "value": value
        case "title": title
        case "selected": selected
        default: nil
        }
    }
}

extension FieldTable.Row: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "place": place
        case "isBlank": isBlank
        case "cells": cells
        default: nil
        }
    }
}

extension FieldTable.Cell: MustacheParent {
    func child(named name: String) -> Any? { name == "lines" ? lines : nil }
}

extension FieldTable.Line: MustacheParent {
    func child(named name: String) -> Any? { name == "inputs" ? inputs : nil }
}

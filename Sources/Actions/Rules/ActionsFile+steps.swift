extension ActionsFile {
    /// One step of `then`, as it may be written: a name, a list of names, or a group of keys.
    enum Step: Codable, Sendable {
        case call(Names)
        case group(Group)

        struct Group: Codable, Sendable {
            var call: Names?
            var compensate: String?
            var givesUp: String?
            var requestApproval: ApprovalStep?
            var openWork: WorkStep?

            private enum CodingKeys: String, CodingKey {
                case call, compensate
                case givesUp = "gives_up"
                case requestApproval = "request_approval"
                case openWork = "open_work"
            }
        }

        init(from decoder: any Decoder) throws {
            if let names = try? Names(from: decoder) {
                self = .call(names)
            } else {
                self = .group(try Group(from: decoder))
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .call(let names): try names.encode(to: encoder)
            case .group(let group): try group.encode(to: encoder)
            }
        }
    }

    /// One name, or a list of them.
    enum Names: Codable, Sendable {
        case one(String)
        case several([String])

        var all: [String] {
            switch self {
            case .one(let name): [name]
            case .several(let names): names
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                self = .one(name)
            } else {
                self = .several(try container.decode([String].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .one(let name): try container.encode(name)
            case .several(let names): try container.encode(names)
            }
        }
    }

    struct ApprovalStep: Codable, Sendable {
        var kind: String
        var amount: String
    }

    struct WorkStep: Codable, Sendable {
        var kind: String
    }
}

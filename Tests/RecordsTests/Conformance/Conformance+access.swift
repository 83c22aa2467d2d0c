import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Access {
        private static let ann = User(
            id: "U1", name: "ann", role: "reviewer", passwordHash: "scrypt:…", createdAt: start)

        @Test(arguments: StoreEngine.allCases)
        func aNameBelongsToOnePerson(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addUser(Self.ann)
                #expect(try transaction.user("U1") == Self.ann)
                #expect(try transaction.user(named: "ann") == Self.ann)
                #expect(try transaction.user(named: "bob") == nil)
                var other = Self.ann
                other.id = "U2"
                #expect(code { try transaction.updateUser(other) } == .notFound)
            }
            let namesake = User(id: "U2", name: "ann", role: "auditor", passwordHash: "x", createdAt: start)
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.addUser(namesake) }
            }
            #expect(error?.code == .duplicate)
            #expect(try await test.store.read { try $0.users() } == [Self.ann])
        }

        @Test(arguments: StoreEngine.allCases)
        func aSessionLastsUntilItEnds(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addUser(Self.ann)
                let sessions = (1...3).map { number in
                    Session(
                        tokenHash: "h\(number)", userID: "U1", csrfToken: "c", createdAt: start,
                        expiresAt: start + Double(number) * 60)
                }
                for session in sessions { try transaction.addSession(session) }
                #expect(try transaction.session(tokenHash: "h1", at: start + 59) == sessions[0])
                #expect(try transaction.session(tokenHash: "h1", at: start + 60) == nil)
                try transaction.deleteSessions(expiredAt: start + 60)
                #expect(try transaction.session(tokenHash: "h1", at: start) == nil)
                try transaction.endSession(tokenHash: "h2")
                #expect(try transaction.session(tokenHash: "h2", at: start) == nil)
                #expect(try transaction.session(tokenHash: "h3", at: start) == sessions[2])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aChangeOfAPersonEndsTheirSessions(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addUser(Self.ann)
                func signIn() throws {
                    try transaction.addSession(
                        Session(
                            tokenHash: "h", userID: "U1", csrfToken: "c", createdAt: start, expiresAt: start + 60))
                }
                try signIn()
                var changed = Self.ann
                changed.passwordHash = "scrypt:other"
                changed.disabled = true
                try transaction.updateUser(changed)
                #expect(try transaction.user("U1") == changed)
                #expect(try transaction.session(tokenHash: "h", at: start) == nil)
                try signIn()
                #expect(try transaction.session(tokenHash: "h", at: start) == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aRevokedKeyIsRefused(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let key = APIKey(id: "K1", name: "scanner", role: "service", secretHash: "h", createdAt: start)
            try await test.store.write { transaction in
                try transaction.addAPIKey(key)
                #expect(try transaction.apiKey(secretHash: "h") == key)
                try transaction.revokeAPIKey("K1", at: start + 5)
                #expect(try transaction.apiKey(secretHash: "h") == nil)
                #expect(try transaction.apiKeys().map(\.revokedAt) == [start + 5])
                #expect(code { try transaction.revokeAPIKey("K1", at: start) } == .notFound)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func anAnswerIsKeptOncePerKey(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let first = IdempotentResponse(
                key: "K1/42", fingerprint: "f", status: 202, location: "/v1/documents/D1", body: Data("{}".utf8),
                createdAt: start)
            try await test.store.write { transaction in
                #expect(try transaction.idempotentResponse("K1/42") == nil)
                #expect(try transaction.saveIdempotentResponse(first))
                var second = first
                second.status = 500
                #expect(try !transaction.saveIdempotentResponse(second))
                #expect(try transaction.idempotentResponse("K1/42") == first)
                try transaction.deleteIdempotentResponses(before: start)
                #expect(try transaction.idempotentResponse("K1/42") != nil)
                try transaction.deleteIdempotentResponses(before: start + 1)
                #expect(try transaction.idempotentResponse("K1/42") == nil)
            }
        }
    }
}

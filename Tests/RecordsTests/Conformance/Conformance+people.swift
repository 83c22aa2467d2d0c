import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct People {
        private static func signIn(_ token: String, _ transaction: Transaction, seenAt: Date) throws {
            try transaction.addSession(
                Session(
                    tokenHash: token, userID: "U1", csrfToken: "c", createdAt: start, expiresAt: start + 3600,
                    seenAt: seenAt))
        }

        private static let ann = User(id: "U1", name: "ann", role: "reviewer", passwordHash: "x", createdAt: start)

        @Test(arguments: StoreEngine.allCases)
        func aSessionThatNobodyUsesEnds(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.addUser(Self.ann)
                for (token, seconds) in [("a", 0.0), ("b", 60), ("c", 120)] {
                    try Self.signIn(token, transaction, seenAt: start + seconds)
                }
                #expect(try transaction.session(tokenHash: "a", at: start + 130, seenSince: start) == nil)
                #expect(try transaction.session(tokenHash: "b", at: start + 130, seenSince: start) != nil)
                #expect(try transaction.sessionCounts(at: start + 130, seenSince: start) == ["U1": 2])
                try transaction.noteSessionUse(tokenHash: "b", at: start + 130)
                try transaction.noteSessionUse(tokenHash: "b", at: start + 90)
                #expect(
                    try transaction.sessions(of: "U1", at: start + 130, seenSince: start).map(\.tokenHash) == [
                        "b", "c",
                    ])
                try transaction.deleteSessions(expiredAt: start + 130, seenSince: start)
                #expect(try transaction.sessions(of: "U1", at: start, seenSince: .distantPast).count == 2)
                try transaction.setPasswordHash("y", of: "U1")
                #expect(try transaction.endSessions(of: "U1", except: "c") == 1)
                #expect(
                    try transaction.sessions(of: "U1", at: start, seenSince: .distantPast).map(\.tokenHash) == ["c"])
                #expect(try transaction.endSessions(of: "U1") == 1)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func failuresAreCountedUntilTheyAreForgotten(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                for second in 1...3 { try transaction.noteSignInFailure(of: "name:1", at: start + Double(second)) }
                for second in [0.0, 5] { try transaction.noteSignInFailure(of: "address:1", at: start + second) }
                try transaction.takeBackSignInFailure(of: "address:1", lastAt: start)
                try transaction.noteSignInFailure(of: "address:2", at: start)
                try transaction.takeBackSignInFailure(of: "address:2", lastAt: nil)
                #expect(
                    try transaction.signInFailures(of: ["name:1", "address:1", "address:2", "name:2"]) == [
                        SignInFailures(subject: "address:1", count: 1, lastAt: start),
                        SignInFailures(subject: "name:1", count: 3, lastAt: start + 3),
                    ])
                try transaction.forgetSignInFailures(before: start + 1)
                #expect(try transaction.signInFailures(of: ["address:1"]).isEmpty)
                #expect(try transaction.forgetSignInFailures(of: "name:1"))
                #expect(try !transaction.forgetSignInFailures(of: "name:1"))
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func theLastUseIsKnown(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                #expect(try transaction.lastUse(of: "user:U1") == nil)
                try transaction.noteUse(of: "user:U1", at: start)
                try transaction.noteUse(of: "user:U1", at: start + 5)
                #expect(try transaction.lastUse(of: "user:U1") == start + 5)
                #expect(try transaction.lastUses() == ["user:U1": start + 5])
            }
        }
    }
}

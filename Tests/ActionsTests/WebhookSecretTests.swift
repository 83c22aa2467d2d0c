import Actions
import Foundation
import Testing

@Suite struct WebhookSecretTests {
    /// The vector of the Standard Webhooks libraries (github.com/standard-webhooks/standard-webhooks, `test_sign`).
    @Test func theSignatureIsThatOfTheStandardsLibraries() throws {
        for text in [ActionsExample.secret, String(ActionsExample.secret.dropFirst(6))] {
            let secret = try #require(WebhookSecret(text))
            let signature = secret.signature(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
                payload: Data(#"{"test": 2432232314}"#.utf8))
            #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        }
    }

    @Test(arguments: [(23, false), (24, true), (64, true), (65, false)])
    func keysHaveTheLengthThatTheStandardAsksFor(byteCount: Int, taken: Bool) {
        let text = "whsec_" + Data(repeating: 1, count: byteCount).base64EncodedString()
        #expect((WebhookSecret(text) != nil) == taken)
    }
}

import Foundation

/// What the `standardwebhooks` package of PyPI says of a call: `verified`, or why it is not.
///
/// The package is in `.venv`, which `make test` makes.
package func standardWebhooksVerdict(on call: WebhookListener.Call, secret: String) async throws -> String {
    let script = """
        import base64, json, sys
        from standardwebhooks import Webhook, WebhookVerificationError
        call = json.load(sys.stdin)
        try:
            Webhook(call["secret"]).verify(base64.b64decode(call["body"]), call["headers"])
            print("verified")
        except WebhookVerificationError as error:
            print(error)
        """
    let input: [String: Any] = [
        "secret": secret, "headers": call.headers, "body": call.body.base64EncodedString(),
    ]
    let run = try await runProgram(
        packageFolder.appending(path: ".venv/bin/python"), ["-c", script],
        standardInput: try JSONSerialization.data(withJSONObject: input))
    guard run.status == 0 else { throw ExecutableMissing(description: run.standardError) }
    return run.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
}

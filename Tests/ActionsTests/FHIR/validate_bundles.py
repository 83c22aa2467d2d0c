"""Reads FHIR bundles, one a line, and prints what is wrong with them by fhir.resources (R4, 4.0.1) and by the rules of a
transaction; at the end the number of resources of each type."""
import collections
import json
import sys
from decimal import Decimal

from fhir.resources.bundle import Bundle


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "reference" and isinstance(value, str):
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def problems(bundle):
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) != len(urls):
        yield "two resources have one fullUrl"
    for reference in references(bundle):
        if reference not in urls:
            yield f"{reference} is no resource of the bundle"
    for entry in bundle["entry"]:
        request, resource = entry["request"], entry["resource"]
        condition = request.get("ifNoneExist") or request["url"].partition("?")[2]
        if not condition:
            yield f"{resource['resourceType']} has no condition"
        if resource["resourceType"] == "PaymentReconciliation":
            parts = sum((Decimal(str(d["amount"]["value"])) for d in resource.get("detail", [])), Decimal(0))
            if parts != Decimal(str(resource["paymentAmount"]["value"])):
                yield "the details do not come to the payment"


counts = collections.Counter()
for number, line in enumerate(sys.stdin.buffer.read().split(b"\n"), 1):
    if not line:
        continue
    bundle = json.loads(line, parse_float=Decimal)
    try:
        Bundle.parse_raw(line)
    except Exception as error:
        print(f"line {number}: {error}")
    for problem in problems(bundle):
        print(f"line {number}: {problem}")
    counts.update(entry["resource"]["resourceType"] for entry in bundle["entry"])
print(json.dumps(dict(sorted(counts.items()))))

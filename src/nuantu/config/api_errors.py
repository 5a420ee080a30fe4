"""What the contract of the HTTP interface says of errors."""

from typing import Any


def declared(schema: Any) -> Any:
    """The contract with the errors that each operation may answer, beside what it names itself."""
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            named = {404: "Not there, or not for this account"} if "{" in path else {}
            if "parameters" in operation or "requestBody" in operation:
                named |= {422: "What to mend, field by field"}
            if operation.get("security"):
                named |= {401: "No token, or one that is not known"}
                named |= {403: "The account of the token may not do this"}
            for status, words in sorted(named.items()):
                if status not in answers and str(status) not in answers:
                    answers[status] = {"description": words}
    return schema

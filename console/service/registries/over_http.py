"""A city's registries over HTTP, as ``console.contract.registry_api`` has it.

An answer counts when it comes in time, can be read and is about what was asked.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from console.contract.codec import DecodeError, decode, encode
from console.contract.registry_api import (
    AboutLicence,
    AboutPerson,
    AboutPolicies,
    AboutVehicle,
    Licences,
    Persons,
    Policies,
    Question,
    Vehicles,
)
from console.service.outside import Answer, NoAnswer, Outside
from console.service.registries.port import SourceUnavailable, require_asked

T = TypeVar("T", Persons, Licences, Vehicles, Policies)

ATTEMPTS = 3
WORTH_ANOTHER_TRY = frozenset({"timeout", "unreachable", "busy", "fault"})


class HttpRegistry:
    """Asks the registries at ``base_url``; each question takes ``limit_s`` seconds at most, repeats included.

    ``ca`` is a PEM file to trust instead of the system's store. Callable from any thread.
    """

    def __init__(self, base_url: str, *, ca: Path | None, token: str, limit_s: float) -> None:
        self._outside = Outside(base_url, ca=ca)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._limit_s = limit_s

    def persons(self, question: AboutPerson, /) -> Persons:
        """``POST /v1/persons/query``."""
        return self._ask("/v1/persons/query", question, Persons)

    def licences(self, question: AboutLicence, /) -> Licences:
        """``POST /v1/licences/query``."""
        return self._ask("/v1/licences/query", question, Licences)

    def vehicles(self, question: AboutVehicle, /) -> Vehicles:
        """``POST /v1/vehicles/query``."""
        return self._ask("/v1/vehicles/query", question, Vehicles)

    def policies(self, question: AboutPolicies, /) -> Policies:
        """``POST /v1/policies/query``."""
        return self._ask("/v1/policies/query", question, Policies)

    def close(self) -> None:
        """Close every connection."""
        self._outside.close()

    def _ask(self, path: str, question: Question, kind: type[T]) -> T:
        deadline = time.monotonic() + self._limit_s
        repeat = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential_jitter(multiplier=0.1, max=1.0, jitter=0.1),
            retry=retry_if_exception(lambda error: _worth_another_try(error, deadline)),
            reraise=True,
        )
        try:
            found: Answer = repeat(self._outside.post, path, encode(question), self._headers, deadline)
            answer: T = decode(kind, found.body)
        except NoAnswer as error:
            raise SourceUnavailable(error.reason) from error
        except DecodeError:
            raise SourceUnavailable("unreadable") from None
        require_asked(question, answer.records)
        return answer


def _worth_another_try(error: BaseException, deadline: float) -> bool:
    again = isinstance(error, NoAnswer) and error.reason in WORTH_ANOTHER_TRY
    return again and time.monotonic() < deadline

"""What every route of the service has in common, said where it is made."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute

_PROBLEM = {
    "description": "The request is refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Room(APIRouter):
    """The routes of one room. They are complete as they stand: ``create_app`` takes them over as they are.

    An ordinary router that is included would be worked out once more for every app, at its first request.
    """

    def __init__(self, prefix: str, *tags: str) -> None:
        super().__init__(
            prefix=prefix,
            tags=list(tags),
            responses={"4XX": _PROBLEM},
            generate_unique_id_function=_operation_id,
        )


def _operation_id(route: APIRoute) -> str:
    return "-".join([*map(str, route.tags), route.name.replace("_", "-")])

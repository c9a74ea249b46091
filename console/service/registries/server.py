"""Any registry served as the contract has it: the published description, and one to try adapters against."""

from __future__ import annotations

from fastapi import FastAPI

from console.contract.registry_api import (
    AboutLicence,
    AboutPerson,
    AboutPolicies,
    AboutVehicle,
    Licences,
    Persons,
    Policies,
    Vehicles,
)
from console.service.registries.port import Registry


def create_registry_app(registry: Registry) -> FastAPI:
    """Return the app that answers from ``registry``."""
    app = FastAPI(title="Registries", version="1", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/v1/persons/query")
    def persons(question: AboutPerson) -> Persons:
        """Return the person with this identity number."""
        return registry.persons(question)

    @app.post("/v1/licences/query")
    def licences(question: AboutLicence) -> Licences:
        """Return the driving licence with this number."""
        return registry.licences(question)

    @app.post("/v1/vehicles/query")
    def vehicles(question: AboutVehicle) -> Vehicles:
        """Return the vehicles that bear this plate."""
        return registry.vehicles(question)

    @app.post("/v1/policies/query")
    def policies(question: AboutPolicies) -> Policies:
        """Return the compulsory policies of this plate."""
        return registry.policies(question)

    return app

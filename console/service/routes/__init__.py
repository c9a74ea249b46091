"""The routes, one module a subject; how one is written stands in ``console.service``."""

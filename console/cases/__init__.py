"""Worked cases: the engine run over files of decided situations."""

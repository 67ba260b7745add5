"""Somebody who has no role, or a host without a unit, against the table of tests/test_access.py."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Factory
from tests.test_access import TABLE, ask
from tests.world import World


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    return World.of(app, make)


def test_somebody_without_a_role_opens_what_is_public_alone(world: World) -> None:
    world.users["nobody"] = world.make.user("Nanna Ny")
    world.cookies["nobody"] = world.sign_in(world.users["nobody"])
    closed = [route for route, answers in TABLE.items() if answers["anonymous"] in {"in", "401"}]
    assert {route: ask(world, route, "nobody").status_code for route in closed} == dict.fromkeys(closed, 403)


def test_host_without_a_unit_sees_no_record(world: World) -> None:
    world.users["lost host"] = world.make.grant(world.make.user("Hanne Hjemløs"), "host")
    world.cookies["lost host"] = world.sign_in(world.users["lost host"])
    records = [
        route for route, answers in TABLE.items() if answers["host elsewhere"] == "404" and "_id>" in route
    ]
    assert {route: ask(world, route, "lost host").status_code for route in records} == dict.fromkeys(
        records, 404
    )

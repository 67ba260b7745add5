"""The same table for applications. The columns and the marks are those of tests/access_routes.py."""

from __future__ import annotations

ROUTES = """
#    ano adm coo els tea hos els stu els
GET  200 200 200 200 200 200 200 200 200  /application/<token>
POST   >   >   >   >   >   >   >   >   >  /application/<token>/withdraw
POST 409 409 409 409 409 409 409 409 409  /application/<token>/submit
GET  200 200 200 200 200 200 200 200 200  /application/<token>/<key>
POST 409 409 409 409 409 409 409 409 409  /application/<token>/<key>
GET  200 200 200 200 200 200 200 200 200  /application/<token>/copy.pdf
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>
POST 422 422 422 422 422 422 422 422 422  /apply/<slug>
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>/sent
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>/withdrawn
"""

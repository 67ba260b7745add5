"""Every route, every method, every role: who gets in, who is shown what, and who is told nothing.

A new route needs a row in the table below; `tests/world.py` says what its arguments are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse as Answer

from tests.factories import Factory
from tests.world import ARGUMENT, FOREIGN, ROLES, World

# The columns are the roles of tests/world.py; those elsewhere are the neighbours of the one before.
#   200 the page     >   goes on to another page, having done something or nothing
#   in  to the sign-in and back     401 the same for a change: what was typed is kept
#   403 another role's     404 not theirs, or not there: the same bytes
#   422 409 let in, and told what was wrong: every POST of this test is as good as empty
ROUTES = """
#    ano adm coo els tea hos els stu els
GET  200 200 200 200 200   >   >   >   >  /
GET   in 403 200 404 403 403 403 403 403  /allocation/<slug>
GET   in 403 200 404 403 403 403 403 403  /allocation/<slug>/<allocation_id>
POST 401 403 409 404 403 403 403 403 403  /allocation/<slug>/<allocation_id>/commit
POST 401 403 422 404 403 403 403 403 403  /allocation/<slug>/<allocation_id>/undo
POST 401 403 422 404 403 403 403 403 403  /allocation/<slug>/pairs
POST 401 403   > 404 403 403 403 403 403  /allocation/<slug>/pairs/<pair_id>/remove
POST 401 403 422 404 403 403 403 403 403  /allocation/<slug>/propose
GET   in 200 200 200 200 403 403 403 403  /cohorts
GET   in 200 200 404 200 403 403 403 403  /cohorts/<slug>
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/clearances
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/agreements
POST 401 403 404 404 403 403 403 403 403  /cohorts/<slug>/agreements/<what>
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/import
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/import
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/import/confirm
POST 401 403   > 404 403 403 403 403 403  /cohorts/<slug>/import/discard
GET   in 403 404 404 403 403 403 403 403  /cohorts/<slug>/import/done
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/import/preview
POST 401 403   > 404 403 403 403 403 403  /cohorts/<slug>/import/preview
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/import/template.xlsx
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/outcomes
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/people/new
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/people/new
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/practicum
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/practicum
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/preferences
POST 401 403 409 404 403 403 403 403 403  /cohorts/<slug>/preferences
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/preferences/<enrolment_id>
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/preferences/remind
GET   in 403 200 200 403 403 403 403 403  /diplomas
GET   in 403 200 404 403 403 403 200 404  /diplomas/<diploma_id>.pdf
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/clearances
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/clearances/<clearance>
POST 401 403 409 404 403 403 403 403 403  /enrolments/<enrolment_id>/clearances/<clearance>
POST 401 403   > 404 403 403 403 403 403  /enrolments/<enrolment_id>/confirm-theory
GET   in 403 200 404 403 403 403 200 404  /enrolments/<enrolment_id>/outcome
POST 401 403 409 404 403 403 403 403 403  /enrolments/<enrolment_id>/outcome
POST 401 403   > 404 403 403 403   > 404  /enrolments/<enrolment_id>/outcome/withdraw
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/diploma
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/diploma
GET   in 403 200 200 200 403 403 403 403  /follow-up-days
POST 401 403 404 404 403 403 403 403 403  /follow-up-days
GET   in 403 200 404 200 403 403 403 403  /follow-up-days/<day_id>
POST 401 403 409 404 409 403 403 403 403  /follow-up-days/<day_id>/attendance
GET   in 403 200 404 200 403 403 403 403  /follow-up-days/<day_id>/edit
POST 401 403 409 404 409 403 403 403 403  /follow-up-days/<day_id>/edit
POST 401 403 422 404 422 403 403 403 403  /follow-up-days/<day_id>/topics
POST 401 403   > 404   > 403 403 403 403  /follow-up-days/<day_id>/topics/<topic_id>/remove
GET   in 200 200 200 403 403 403 403 403  /frameworks/<framework_id>
POST 401 422 422 422 403 403 403 403 403  /frameworks/<framework_id>
POST 401   >   >   > 403 403 403 403 403  /frameworks/<framework_id>/delete
GET   in 200 200 200 403 403 403 403 403  /frameworks/<framework_id>/scan
GET  200 200 200 200 200 200 200 200 200  /healthz
POST 401 403 422 404 403 403 403 403 403  /history/<event_id>/undo
GET   in 403 403 403 403 200 200 403 403  /host
GET   in 403 200 404 403 403 403 403 403  /jobs/<job_id>
POST 401 403   > 404 403 403 403 403 403  /jobs/<job_id>/cancel
GET   in 403 404 404 403 403 403 403 403  /jobs/<job_id>/file
GET   in 200 200 200 403 200 200 403 403  /hosts
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>
POST 401   >   >   > 403 403 403 403 403  /hosts/<unit_id>/access/<user_id>/close
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>/clearances
POST 401 422 422 422 403 422 404 403 403  /hosts/<unit_id>/clearances
GET   in 200 200 200 403 403 403 403 403  /hosts/<unit_id>/clearances/<clearance>
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/clearances/<clearance>
POST 401   >   >   > 403   > 404 403 403  /hosts/<unit_id>/clearances/<clearance>/remove
GET   in   >   >   > 403   > 404 403 403  /hosts/<unit_id>/contacts
GET   in   >   >   > 403   > 404 403 403  /hosts/<unit_id>/contacts/<contact_id>
POST 401   >   >   > 403 403 403 403 403  /hosts/<unit_id>/contacts/<contact_id>/delete
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>/contacts/<contact_id>/edit
POST 401 422 422 422 403 422 404 403 403  /hosts/<unit_id>/contacts/<contact_id>/edit
POST 401   >   >   > 403 403 403 403 403  /hosts/<unit_id>/contacts/<contact_id>/invite
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>/contacts/new
POST 401 422 422 422 403 422 404 403 403  /hosts/<unit_id>/contacts/new
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/delete
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>/edit
POST 401 422 422 422 403 409 404 403 403  /hosts/<unit_id>/edit
GET   in 200 200 200 403 403 403 403 403  /hosts/<unit_id>/merge
POST 401 404 404 404 403 403 403 403 403  /hosts/<unit_id>/merge
GET   in 200 200 200 403 403 403 403 403  /hosts/<unit_id>/name
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/name
POST 401   >   >   > 403 403 403 403 403  /hosts/<unit_id>/name/<period_id>/call-off
GET   in 200 200 200 403 403 403 403 403  /hosts/<unit_id>/pause
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/pause
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/pause/end
GET   in 200 200 200 403 200 404 403 403  /hosts/<unit_id>/reviews
GET   in 200 200 200 403 403 403 403 403  /hosts/<unit_id>/quality
POST 401 422 422 422 403 403 403 403 403  /hosts/<unit_id>/quality
GET   in 200 200 200 403 403 403 403 403  /hosts/new
POST 401 422 422 422 403 403 403 403 403  /hosts/new
GET   in 200 200 200 403 200 404 403 403  /hosts/organisations/<organisation_id>
POST 401 422 422 422 403 403 403 403 403  /hosts/organisations/<organisation_id>/delete
GET   in 200 200 200 403 403 403 403 403  /hosts/organisations/<organisation_id>/edit
POST 401 422 422 422 403 403 403 403 403  /hosts/organisations/<organisation_id>/edit
GET   in 200 200 200 403 403 403 403 403  /hosts/organisations/<organisation_id>/frameworks/new
POST 401 422 422 422 403 403 403 403 403  /hosts/organisations/<organisation_id>/frameworks/new
GET   in 200 200 200 403 403 403 403 403  /hosts/organisations/<organisation_id>/merge
POST 401 404 404 404 403 403 403 403 403  /hosts/organisations/<organisation_id>/merge
GET   in 200 200 200 403 403 403 403 403  /hosts/organisations/<organisation_id>/name
POST 401 422 422 422 403 403 403 403 403  /hosts/organisations/<organisation_id>/name
POST 401 404 404 404 403 403 403 403 403  /hosts/organisations/<organisation_id>/name/<period_id>/call-off
GET   in 200 200 200 403 403 403 403 403  /hosts/organisations/new
POST 401 422 422 422 403 403 403 403 403  /hosts/organisations/new
POST   >   >   >   >   >   >   >   >   >  /language
GET  200   >   >   >   >   >   >   >   >  /login
POST 422 422 422 422 422 422 422 422 422  /login
GET  200 200 200 200 200 200 200 200 200  /login/<token>
POST   >   >   >   >   >   >   >   >   >  /login/<token>
POST   >   >   >   >   >   >   >   >   >  /login/again
GET    >   >   >   >   >   >   >   >   >  /login/code
POST 422 422 422 422 422 422 422 422 422  /login/code
POST   >   >   >   >   >   >   >   >   >  /logout
GET   in 403 403 403 403 403 403 200 200  /my
GET   in 403 403 403 403 403 403 200 404  /my/emergency/<enrolment_id>
POST 401 403 403 403 403 403 403 422 404  /my/emergency/<enrolment_id>
POST 401 403 403 403 403 403 403   > 404  /my/emergency/<enrolment_id>/delete
GET   in 403 403 403 403 403 403 200 404  /my/preferences/<enrolment_id>
POST 401 403 403 403 403 403 403 422 404  /my/preferences/<enrolment_id>/excluded
POST 401 403 403 403 403 403 403 422 404  /my/preferences/<enrolment_id>/ranking
POST 401 403 403 403 403 403 403 422 404  /my/preferences/<enrolment_id>/terms
GET   in 403 200 200 200 403 403 200 200  /network-groups
GET   in 403 200 404 200 403 403 200 404  /network-groups/<group_id>
GET   in 403 200 404 200 403 403 403 403  /network-groups/<group_id>/edit
POST 401 403 422 404 422 403 403 403 403  /network-groups/<group_id>/edit
GET   in 403 200 404 200 403 403 403 403  /network-groups/<group_id>/meetings/<meeting_id>
POST 401 403 409 404 409 403 403 403 403  /network-groups/<group_id>/meetings/<meeting_id>
GET   in 403 200 404 200 403 403 403 403  /network-groups/<group_id>/meetings/<meeting_id>/edit
POST 401 403 422 404 422 403 403 403 403  /network-groups/<group_id>/meetings/<meeting_id>/edit
GET   in 403 200 404 200 403 403 403 403  /network-groups/<group_id>/meetings/new
POST 401 403 422 404 422 403 403 403 403  /network-groups/<group_id>/meetings/new
GET   in 403 200 200 200 403 403 403 403  /network-groups/new
POST 401 403 422 422 422 403 403 403 403  /network-groups/new
POST 401 403 422 422 422 403 403 403 403  /network-groups/offers
POST 401 403 403 403 403 403 403   > 404  /network-places/<place_id>/accept
POST 401 403 403 403 403 403 403   > 404  /network-places/<place_id>/decline
POST 401 403 422 404 403 403 403 422 404  /network-places/<place_id>/leave
POST 401 403 422 404 422 403 403 403 403  /network-places/<place_id>/offer-again
GET   in 403 200 200 403 200 200 403 403  /offers
GET   in 403 200 404 403 200 404 403 403  /offers/<offer_id>
POST 401 403 409 404 403 409 404 403 403  /offers/<offer_id>/close
GET   in 403 200 404 403 200 404 403 403  /offers/<offer_id>/copy
POST 401 403 422 404 403 422 404 403 403  /offers/<offer_id>/copy
GET   in 403 200 404 403 200 404 403 403  /offers/<offer_id>/edit
POST 401 403 422 404 403 422 404 403 403  /offers/<offer_id>/edit
POST 401 403 422 404 403 403 403 403 403  /offers/<offer_id>/exception
POST 401 403 409 404 403 409 404 403 403  /offers/<offer_id>/release
GET   in 403 200 200 403 200 200 403 403  /offers/new
POST 401 403 422 422 403 422 422 403 403  /offers/new
GET   in 403 200 200 403 403 403 403 403  /placements
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/accept
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/agreement
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/agreement.pdf
POST 401 403   > 404 403 403 403 403 403  /placements/<placement_id>/agreement/draft
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/agreement/edit
POST 401 403 409 404 403 403 403 403 403  /placements/<placement_id>/agreement/edit
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/agreement/paper
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/agreement/paper
POST 401 403   > 404 403 403 403 403 403  /placements/<placement_id>/agreement/remind
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/agreement/scans/<scan_id>
POST 401 403 409 404 403 403 403 403 403  /placements/<placement_id>/agreement/send
POST 401 403 422 404 403 422 404 422 404  /placements/<placement_id>/agreement/sign
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/amendments
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/amendments/new
POST 401 403 404 404 403 403 403 403 403  /placements/<placement_id>/amendments/new
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/amendments/<number>
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/amendments/<number>.pdf
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/amendments/<number>/remind
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/amendments/<number>/send
POST 401 403 422 404 403 422 404 422 404  /placements/<placement_id>/amendments/<number>/sign
POST 401 403 409 404 403 403 403 403 403  /placements/<placement_id>/amendments/<number>/withdraw
GET   in 403 403 403 403 200 404 200 404  /placements/<placement_id>/agreement/remarks/new
POST 401 403 403 403 403 422 404 422 404  /placements/<placement_id>/agreement/remarks/new
POST 401 403   > 404 403 403 403 403 403  /placements/<placement_id>/agreement/remarks/<remark_id>/settle
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/legal-details
POST 401 403 409 404 403 403 403 403 403  /placements/<placement_id>/legal-details
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/cancel
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/cancel
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/complete
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/concerns
POST 401 403 422 404 403 422 404 422 404  /placements/<placement_id>/concerns
GET   in 403 200 404 403 404 404 200 404  /placements/<placement_id>/concerns/<concern_id>
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/concerns/<concern_id>/close
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/concerns/<concern_id>/goals
POST 401 403   > 404 403 403 403 403 403  /placements/<placement_id>/concerns/<concern_id>/reach/<goal_id>
POST 401 403 409 404 403 403 403 403 403  /placements/<placement_id>/concerns/<concern_id>/share
GET   in 403 422 404 403 422 404 403 403  /placements/<placement_id>/decline
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/decline
GET   in 403 200 404 403 403 403 403 403  /placements/<placement_id>/edit
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/edit
GET   in 403 422 404 403 403 403 403 403  /placements/<placement_id>/end-early
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/end-early
GET   in 403 403 403 403 403 403 200 404  /placements/<placement_id>/goals
POST 401 403 403 403 403 403 403 422 404  /placements/<placement_id>/goals
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/emergency
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/emergency.pdf
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/hours
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/hours/<week>
POST 401 403 403 403 403 403 403 422 404  /placements/<placement_id>/hours/<week>
POST 401 403 409 404 403 409 404 403 403  /placements/<placement_id>/hours/<week>/confirm
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/hours/<week>/reopen
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/hours/<week>/return
POST 401 403 403 403 403 403 403 422 404  /placements/<placement_id>/hours/<week>/submit
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/hours/confirm
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/legal-basis
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/propose
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/remind
GET   in 403   > 404 403 403 403 403 403  /placements/<placement_id>/row
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/start
GET   in 403 200 404 403 403 403 200 404  /placements/<placement_id>/student-answer/no
POST 401 403 409 404 403 403 403 409 404  /placements/<placement_id>/student-answer/no
POST 401 403 409 404 403 403 403 409 404  /placements/<placement_id>/student-answer/yes
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/supervisor
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/supervisions
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/supervisions
POST 401 403 409 404 403 409 404 403 403  /placements/<placement_id>/supervisions/<supervision_id>/remove
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/talks
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/talks/<kind>
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/talks/<kind>
POST 401 403 403 403 403 403 403 422 404  /placements/<placement_id>/talks/<kind>/answer
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/talks/<kind>/blank.pdf
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/talks/<kind>/close
POST 401 403 422 404 403 422 404 403 403  /placements/<placement_id>/talks/<kind>/continue
POST 401 403 409 404 403 409 404 403 403  /placements/<placement_id>/talks/<kind>/marks
POST 401 403 422 404 403 403 403 403 403  /placements/<placement_id>/talks/<kind>/plan
GET   in 403 200 404 403 200 404 403 403  /placements/<placement_id>/talks/<kind>/share
POST 401 403 409 404 403 409 404 403 403  /placements/<placement_id>/talks/<kind>/share
POST 401 403 409 404 403 409 404 403 403  /placements/<placement_id>/talks/<kind>/take-back
GET   in 403 200 404 403 200 404 200 404  /placements/<placement_id>/talks/<kind>/written.pdf
GET   in 403 403 403 403 403 403 200 404  /placements/<placement_id>/unit-review
POST 401 403 403 403 403 403 403 422 404  /placements/<placement_id>/unit-review
GET   in 403 200 404 403 404 404 404 404  /placements/<placement_id>/visits
POST 401 403 422 404 403 404 404 404 404  /placements/<placement_id>/visits
GET   in 403 200 404 403 404 404 404 404  /placements/<placement_id>/visits/<visit_id>/edit
POST 401 403 422 404 403 404 404 404 404  /placements/<placement_id>/visits/<visit_id>/edit
GET   in 403   >   > 403 403 403 403 403  /placements/new
POST 401 403 404 404 403 403 403 403 403  /placements/new
GET  200 200 200 200 200 200 200 200 200  /privacy
GET   in 200 200 404 200 403 403 403 403  /programmes/<slug>
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/clauses
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/clauses/<section>
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/clauses/<section>
POST 401 403 200 404 403 403 403 403 403  /programmes/<slug>/clauses/<section>/preview
POST 401 403 409 404 403 403 403 403 403  /programmes/<slug>/clauses/<section>/shipped
GET  200 200 200 200 200 200 200 200 200  /readyz
GET  200 200 200 200 200 200 200 200 200  /static/<filename>
GET   in 403 200 200 403 403 403 200 200  /suggestions
GET   in 403 200 404 403 403 403 200 404  /suggestions/<suggestion_id>
POST 401 403 422 404 403 403 403 403 403  /suggestions/<suggestion_id>/approve
POST 401 403 422 404 403 403 403 403 403  /suggestions/<suggestion_id>/decline
POST 401 403 403 403 403 403 403 409 404  /suggestions/<suggestion_id>/withdraw
GET   in 403 403 403 403 403 403 200 200  /suggestions/new
POST 401 403 403 403 403 403 403 422 422  /suggestions/new
GET  200 200 200 200 200   > 200 200 200  /tasks/<token>
POST 422 422 422 422 422 422 422 422 422  /tasks/<token>
POST   >   >   >   >   >   >   >   >   >  /tasks/<token>/send
GET  200 200 200 200 200 200 200 200 200  /verify
POST 422 422 422 422 422 422 422 422 422  /verify
GET  404 404 404 404 404 404 404 404 404  /verify/<code>
GET  200 200 200 200 200 200 200 200 200  /was
"""
TOKEN = re.compile(r'(name="csrf[-_]token" (?:content|value)=)"[^"]+"')


def key(rule: Rule, method: str) -> str:
    return f"{method} " + ARGUMENT.sub(r"<\1>", rule.rule)


def routes(app: Flask) -> dict[str, Rule]:
    return {
        key(rule, method): rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def table() -> dict[str, dict[str, str]]:
    """What the table says: route, role, answer."""
    found = {}
    for line in ROUTES.strip().splitlines():
        if not line.startswith("#"):
            method, *answers, path = line.split()
            found[f"{method} {path}"] = dict(zip(ROLES, answers, strict=True))
    return found


TABLE = table()
GETS = [route for route in TABLE if route.startswith("GET")]
POSTS = [route for route in TABLE if not route.startswith("GET")]


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    return World(app, make)


def ask(world: World, route: str, role: str, *, missing: bool = False, **values: object) -> Answer:
    method = route.split()[0]
    path = world.path(routes(world.app)[route].rule, missing=missing)
    if method != "GET":
        values.setdefault("data", {"posted": "1"})
    answer = world.browser(role).open(path, method=method, **values)
    assert isinstance(answer, Answer)
    return answer


def in_short(answer: Answer) -> str:
    if answer.status_code == 303:
        return "in" if answer.location.startswith("/login?next=") else ">"
    return str(answer.status_code)


# The table


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    there, said = set(routes(app)), set(TABLE)
    assert not there - said, "\n".join(("Add a row to ROUTES for each of:", *sorted(there - said)))
    assert not said - there, "\n".join(("Rows of ROUTES that have no route:", *sorted(said - there)))


def wrong_answers(world: World, role: str) -> Iterator[str]:
    for route, answers in TABLE.items():
        answer = ask(world, route, role)
        if in_short(answer) != answers[role]:
            yield f"{route}: {in_short(answer)}, and the table says {answers[role]}"
        leaked = [word for word in FOREIGN.get(role, ()) if word.encode() in answer.data]
        if leaked:
            yield f"{route}: names {leaked}"
        if route in POSTS and answer.status_code < 400:
            world.restore()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(world: World, role: str) -> None:
    assert list(wrong_answers(world, role)) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_yours_looks_like_what_is_not_there(world: World, role: str) -> None:
    """The same bytes, but for the address that was asked for and the token against forged requests."""
    differing = []
    for route, answers in TABLE.items():
        if "<" not in route or answers[role] != "404":
            continue
        foreign, missing = ask(world, route, role), ask(world, route, role, missing=True)
        rule = routes(world.app)[route].rule
        pages = [
            TOKEN.sub(r"\1", answer.text).replace(world.path(rule, missing=gone), "")
            for answer, gone in ((foreign, False), (missing, True))
        ]
        if pages[0] != pages[1] or foreign.status_code != missing.status_code:
            differing.append(route)
    assert differing == []


@pytest.mark.parametrize("role", ["coordinator", "host", "student"])
def test_what_is_not_there_is_404_for_those_who_may_look(world: World, role: str) -> None:
    told = {
        route: ask(world, route, role, missing=True).status_code
        for route, answers in TABLE.items()
        if re.search(r"<\w+_id>|<slug>", route) and answers[role] not in {"403", "404"}
    }
    assert {route: status for route, status in told.items() if status != 404} == {}

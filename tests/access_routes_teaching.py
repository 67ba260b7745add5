"""The same table for the theory, its completion, the network groups' upkeep, diplomas and evaluations.

The columns and the marks are those of tests/access_routes.py.
"""

from __future__ import annotations

ROUTES = """
#    ano adm coo els tea hos els stu els
GET   in 403 200 404 200 403 403 403 403  /cohorts/<slug>/completion
POST 401 403   > 404 403 403 403 403 403  /completion-exceptions/<exception_id>/withdraw
GET   in 403 200 404 403 403 403 200 404  /enrolments/<enrolment_id>/completion
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/exceptions
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/pass-deadline
GET   in 403 403 403 403 403 403 200 200  /check-in
POST 401 403 403 403 403 403 403 422 422  /check-in
GET   in 403 403 403 403 403 403 200 404  /my/sessions/<enrolment_id>
POST 401 403 403 403 403 403 403 422 404  /my/sessions/<enrolment_id>/<session_id>/absence
POST 401 403 403 403 403 403 403   > 404  /my/sessions/<enrolment_id>/<session_id>/absence/take-back
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/edit/<part>
POST 401 403 409 404 403 403 403 403 403  /programmes/<slug>/edit/<part>
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/matrix
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/matrix/<number>
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/matrix/<number>/<audience>
POST 401 403 409 404 403 403 403 403 403  /programmes/<slug>/matrix/<number>/<audience>
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/modules/<number>
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/modules/<number>
POST 401 403 409 404 403 403 403 403 403  /programmes/<slug>/modules/<number>/remove
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/modules/new
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/modules/new
GET   in 403 200 200 200 403 403 403 403  /teaching/absences
GET   in 403 200 200 200 403 403 403 403  /teaching/absences.csv
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>/check-in
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/runs
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/runs/<run_id>
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/runs/<run_id>
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/runs/<run_id>/call-off
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/runs/new
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/runs/new
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/schedule
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/schedule
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/study-groups
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/study-groups
POST 401 403   > 404 403 403 403 403 403  /cohorts/<slug>/study-groups/<group_id>/remove
POST 401 403 422 404 403 403 403 403 403  /cohorts/<slug>/study-groups/divide
POST 401 403 404 404 403 403 403 403 403  /cohorts/<slug>/study-groups/move
GET   in 403 403 403 403 403 403 200 404  /my/plan/<enrolment_id>
POST 401 403 403 403 403 403 403   > 404  /my/plan/<enrolment_id>/runs/<run_id>/sign-off
POST 401 403 403 403 403 403 403 422 404  /my/plan/<enrolment_id>/runs/<run_id>/sign-up
GET   in 403 200 200 200 403 403 403 403  /teaching
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>
POST 401 403 422 404 403 403 403 403 403  /teaching/<session_id>/call-off
GET   in 403 200 404 403 403 403 403 403  /teaching/<session_id>/edit
POST 401 403 422 404 403 403 403 403 403  /teaching/<session_id>/edit
POST 401 403 422 404 403 403 403 403 403  /teaching/<session_id>/teachers
POST 401 403   > 404 403 403 403 403 403  /teaching/<session_id>/teachers/<teacher_id>/remove
POST 401 403 422 404 422 403 403 403 403  /teaching/<session_id>/guests
POST 401 403   > 404   > 403 403 403 403  /teaching/<session_id>/guests/<guest_id>/remove
POST 401 403 422 404 422 403 403 403 403  /teaching/<session_id>/register
GET   in 403 200 404 403 403 403 403 403  /cohorts/<slug>/pairs
POST 401 403 404 404 403 403 403 403 403  /cohorts/<slug>/pairs
POST 401 403   > 404 403 403 403 403 403  /completion-exceptions/<exception_id>/withdraw
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/admission
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/admission
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/admission/exception
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/admission/tasks
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/admission/tasks
GET   in 403 200 404 403 403 403 200 404  /enrolments/<enrolment_id>/completion
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/exceptions
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/pass-deadline
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/working-time
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/working-time
GET   in 403 200 404 403 403 403 403 403  /enrolments/<enrolment_id>/workplace
POST 401 403 409 404 403 403 403 403 403  /enrolments/<enrolment_id>/workplace
GET   in 403 403 403 403 403 403 200 404  /my/warning-contact/<enrolment_id>
POST 401 403 403 403 403 403 403 422 404  /my/warning-contact/<enrolment_id>
POST 401 403 403 403 403 403 403   > 404  /my/warning-contact/<enrolment_id>/delete
POST 401 403   > 404   > 403 403 403 403  /network-groups/<group_id>/meetings/<meeting_id>/cancel
GET   in 403 200 200 200 403 403 403 403  /network-groups/offer-all
POST 401 403 422 422 422 403 403 403 403  /network-groups/offer-all
POST 401 403 422 404 403 403 403 422 404  /network-places/<place_id>/leave-queue
POST 401 403 422 404 422 403 403 403 403  /network-places/<place_id>/move
POST 401 403 422 404 422 403 403 403 403  /network-places/<place_id>/queue
GET  200 200 200 200 200 200 200 200 200  /network-places/answer/<token>
POST 422 422 422 422 422 422 422 422 422  /network-places/answer/<token>
GET   in 403 200 404 403 403 403 403 403  /diplomas/<diploma_id>/reissue
POST 401 403 422 404 403 403 403 403 403  /diplomas/<diploma_id>/reissue
GET   in 403 200 404 403 403 403 403 403  /diplomas/<diploma_id>/revoke
POST 401 403 422 404 403 403 403 403 403  /diplomas/<diploma_id>/revoke
GET   in 403 200 404 403 403 403 403 403  /diplomas/cohort/<slug>
GET   in 403 200 404 403 403 403 403 403  /diplomas/cohort/<slug>.pdf
POST 401 403   > 404 403 403 403 403 403  /diplomas/cohort/<slug>/files
GET   in 403 422 404 403 403 403 403 403  /diplomas/cohort/<slug>/issue
POST 401 403 422 404 403 403 403 403 403  /diplomas/cohort/<slug>/issue
POST 401 403 422 404 403 403 403 403 403  /enrolments/<enrolment_id>/certificate
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/diploma
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/diploma
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/diploma/preview.pdf
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>/register/paste
POST 401 403 422 404 422 403 403 403 403  /teaching/<session_id>/register/paste
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>/sheet.pdf
POST 401 403   > 404 403 403 403 403 403  /pairs/<peer_pair_id>/remove
GET   in 403 200 404 200 403 403 403 403  /teaching/<session_id>
POST 401 403 422 404 422 403 403 403 403  /teaching/<session_id>/guests
POST 401 403   > 404   > 403 403 403 403  /teaching/<session_id>/guests/<guest_id>/remove
POST 401 403 422 404 422 403 403 403 403  /teaching/<session_id>/register
"""

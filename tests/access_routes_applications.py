"""The same table for applications. The columns and the marks are those of tests/access_routes.py."""

from __future__ import annotations

ROUTES = """
#    ano adm coo els tea hos els stu els
GET  200 200 200 200 200 200 200 200 200  /application/<token>
POST 422 422 422 422 422 422 422 422 422  /application/<token>/accept
POST 422 422 422 422 422 422 422 422 422  /application/<token>/decline
POST   >   >   >   >   >   >   >   >   >  /application/<token>/withdraw
POST 409 409 409 409 409 409 409 409 409  /application/<token>/submit
GET  200 200 200 200 200 200 200 200 200  /application/<token>/<key>
POST 409 409 409 409 409 409 409 409 409  /application/<token>/<key>
GET  200 200 200 200 200 200 200 200 200  /application/<token>/copy.pdf
GET   in 403 200 200 200 403 403 403 403  /applications
GET   in 403 200 404 200 403 403 403 403  /applications/<application_id>
POST 401 403   > 404   > 403 403 403 403  /applications/<application_id>/conflict
POST 401 403   > 404   > 403 403 403 403  /applications/<application_id>/notes
GET   in 403 200 404 403 403 403 403 403  /applications/<application_id>/place
POST 401 403 422 404 403 403 403 403 403  /applications/<application_id>/place
POST 401 403 409 404 409 403 403 403 403  /applications/<application_id>/review
POST 401 403 422 404 403 403 403 403 403  /applications/<application_id>/reviewers
POST 401 403   > 404 403 403 403 403 403  /applications/<application_id>/reviewers/<review_id>/remove
POST 401 403   > 404 403 403 403 403 403  /applications/cohort/<slug>/assign
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/interviews
POST 401 403 422 404 403 403 403 403 403  /applications/cohort/<slug>/interviews
POST 401 403   > 404 403 403 403 403 403  /applications/cohort/<slug>/interviews/invite
POST 401 403   > 404 403 403 403 403 403  /applications/cohort/<slug>/interviews/<slot_id>/remove
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/ranking
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/reviewers
POST 401 403 422 404 403 403 403 403 403  /applications/cohort/<slug>/reviewers
GET  200 200 200 200 200 200 200 200 200  /application/<token>/interview
POST 422 422 422 422 422 422 422 422 422  /application/<token>/interview
POST   >   >   >   >   >   >   >   >   >  /application/<token>/interview/cancel
GET   in 403 200 404 403 403 403 403 403  /applications/<application_id>/letter.pdf
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/decisions
POST 401 403 409 404 403 403 403 403 403  /applications/cohort/<slug>/decisions
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/decisions/letters
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/decisions/letters.pdf
POST 401 403 409 404 403 403 403 403 403  /applications/cohort/<slug>/decisions/send
GET   in 403 200 404 403 403 403 403 403  /applications/<application_id>/payment
POST 401 403 422 404 403 403 403 403 403  /applications/<application_id>/payment
POST 401 403 409 404 403 403 403 403 403  /applications/<application_id>/payment/<verb>
POST 401 403 422 404 403 403 403 403 403  /applications/<application_id>/payment/begin
GET   in 403 200 404 403 403 403 403 403  /applications/<application_id>/payment/letter.pdf
GET   in 403 422 404 403 403 403 403 403  /applications/<application_id>/payment/invoice.pdf
GET   in 403 422 404 403 403 403 403 403  /applications/<application_id>/payment/invoice-<form>.xml
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/payments
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/payments.csv
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>
POST 422 422 422 422 422 422 422 422 422  /apply/<slug>
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>/sent
GET  200 200 200 200 200 200 200 200 200  /apply/<slug>/withdrawn
GET   in 403 200 404 403 403 403 403 403  /applications/cohort/<slug>/figures
GET   in 200 200 200 403 403 403 403 403  /retention
GET   in 200 200 404 403 403 403 403 403  /retention/<slug>
POST 401 409 409 404 403 403 403 403 403  /retention/<slug>
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/letters
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/letters/<kind>/<locale>
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/letters/<kind>/<locale>
POST 401 403 409 404 403 403 403 403 403  /programmes/<slug>/letters/<kind>/<locale>/shipped
GET   in 403 200 404 403 403 403 403 403  /programmes/<slug>/invoice-sender
POST 401 403 422 404 403 403 403 403 403  /programmes/<slug>/invoice-sender
"""

"""What a WSGI server serves: `gunicorn wsgi:app`, and what `flask --app wsgi` finds."""

from placements import create_app

app = create_app()

"""What does not fit in an agreement: said by a party, settled by the coordinator."""

from flask import Blueprint

bp = Blueprint("agreement_remarks", __name__, url_prefix="/placements/<int:placement_id>/agreement/remarks")

from placements.blueprints.agreement_remarks import views  # noqa: E402, F401

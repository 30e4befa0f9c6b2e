"""A reintegration service that a participant receives."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Ref

PLAN = "To see what support was given and what came of it (IDDRS 4.30)"


class Service(Entity):
    """One service to one case, by one provider, from one day to another."""

    noun = "service"
    label = "Service"
    plural = "Services"
    hangs_on = "case_id"
    columns = ("type", "provider_id", "start_date", "end_date", "result")
    sorted_by = "start_date"
    today = "start_date"
    adding = "Record a service"
    none_yet = "No service is recorded yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Who receives it", required=True)
    type = Choice("Service", codes.SERVICE_TYPE, purpose=PLAN, required=True, donor=True)
    provider_id = Ref("Provider", "organisation", sensitivity="none", purpose=PLAN)
    start_date = Day("Start", sensitivity="moderate", purpose=PLAN, required=True)
    end_date = Day("End", sensitivity="moderate", purpose=PLAN)
    result = Choice("Result", codes.SERVICE_RESULT, purpose=PLAN, donor=True)

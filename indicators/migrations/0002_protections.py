"""Observations never change but for closing their ranges; dimension tables keep their rows and keys."""

from django.db import migrations

from monitor.base.migration_operations import ForbidChange, forbid_delete_and_key_change


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        ForbidChange("indicators_observation", allow_once_from_null=("known_to", "public_from", "public_to")),
        ForbidChange("indicators_observationfootnote"),
        forbid_delete_and_key_change("indicators_theme", "code"),
        forbid_delete_and_key_change("indicators_area", "code"),
        forbid_delete_and_key_change("indicators_source", "code"),
        forbid_delete_and_key_change("indicators_round", "code"),
        forbid_delete_and_key_change("indicators_publication", "code"),
        forbid_delete_and_key_change("indicators_breakdown", "code"),
        forbid_delete_and_key_change("indicators_category", ("breakdown_id", "code")),
        forbid_delete_and_key_change("indicators_indicator", "code"),
        forbid_delete_and_key_change("indicators_period", ("code", "kind", "start", "end")),
        forbid_delete_and_key_change("indicators_series", ("indicator_id", "area_id", "variant", "key")),
        forbid_delete_and_key_change("indicators_seriescategory", ("series_id", "category_id", "breakdown_id")),
        forbid_delete_and_key_change("indicators_footnote", "code"),
    ]

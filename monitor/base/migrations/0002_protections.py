"""The audit trail never changes, and people are pseudonymised, never deleted: the database itself refuses."""

from django.db import migrations

from monitor.base.migration_operations import ForbidChange, forbid_delete_and_key_change


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [
        ForbidChange("base_auditrecord"),
        forbid_delete_and_key_change("base_user", "id"),
    ]

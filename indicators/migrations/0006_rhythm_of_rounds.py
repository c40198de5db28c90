from django.db import migrations, models

import indicators.core.enumerations
from monitor.base.migration_operations import forbid_delete_and_key_change


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0005_deliveries_in_detail"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="rhythm",
            field=models.CharField(
                choices=[
                    ("halfjaarlijks", "halfjaarlijks"),
                    ("jaarlijks", "jaarlijks"),
                    ("eenmalig", "eenmalig"),
                ],
                default=indicators.core.enumerations.RoundRhythm["HALF_YEARLY"],
                max_length=15,
                verbose_name="ritme",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["halfjaarlijks", "jaarlijks", "eenmalig"])),
                name="round_rhythm_known",
            ),
        ),
        forbid_delete_and_key_change("indicators_round", "code"),
    ]

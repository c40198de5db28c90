"""Accounts: one per role for a demonstration."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import MonitorError
from monitor.base.core.roles import Role
from monitor.base.models import RoleAssignment, User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class DemoAccount:
    """An account with the password it was made with."""

    username: str
    password: str
    role: Role


def demo_accounts_file() -> Path:
    """Where the generated names and passwords are kept, readable by the owner only."""
    return Path(settings.DATA_DIR) / "demo_accounts.txt"


def ensure_demo_accounts() -> list[DemoAccount]:
    """One account per role, made once; a second call finds them and makes nothing.

    Raises MonitorError outside demo mode: known accounts have no place in a real installation.
    """
    if not settings.DEMO:
        raise MonitorError("Demo-accounts kunnen alleen in de demonstratiestand: zet MONITOR_DEMO=1.")
    path = demo_accounts_file()
    passwords = _read_or_create_passwords(path)
    accounts = [DemoAccount(role.value, passwords[role.value], role) for role in Role]
    with transaction.atomic():
        made = [account.username for account in accounts if _ensure(account)]
        if made:
            record_act(
                actor=None,
                act="demo-accounts maken",
                subject="gebruikers",
                counts={"accounts": len(made)},
                rows_digest=rows_digest({"gebruiker": name, "rol": name} for name in made),
            )
    return accounts


def _ensure(account: DemoAccount) -> bool:
    """Make the account, or give an existing one its kept password back; True when it was new."""
    user, made = User.objects.get_or_create(
        username=account.username, defaults={"first_name": "Demo", "last_name": account.role.label}
    )
    if not user.check_password(account.password):
        user.set_password(account.password)
        user.save(update_fields=["password"])
    RoleAssignment.objects.get_or_create(user=user, role=account.role.value)
    if account.role is Role.BEHEERDER and not user.is_superuser:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return made


def _read_or_create_passwords(path: Path) -> dict[str, str]:
    try:
        return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    except ValueError:
        raise MonitorError(f"Bestand {path} is niet te lezen. Verwijder het; er worden dan nieuwe gemaakt.") from None
    passwords = {role.value: secrets.token_urlsafe(12) for role in Role}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{name}\t{password}\n" for name, password in passwords.items())
    return passwords

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _install_guards(sender: AppConfig, using: str, **_rest: Any) -> None:
    from cunlian.kernel import guards

    guards.install(using)


class KernelConfig(AppConfig):
    """After every migrate the guards are put back: SQLite loses them when a table is rebuilt."""

    name = "cunlian.kernel"
    label = "kernel"
    verbose_name = _("Kernel")

    def ready(self) -> None:
        from importlib import import_module

        for room in ("promises", "jobs", "messages", "evidence"):  # they bring verbs and recurring steps of their own
            import_module(f"cunlian.kernel.{room}")
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="kernel.guards")

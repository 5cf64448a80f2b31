from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Start-up: hands the table of reactions to the kernel and reads every domain's rules and messages once."""

    name = "cunlian.config"
    label = "config"

    def ready(self) -> None:
        from importlib import import_module
        from importlib.util import find_spec

        from cunlian.flows.wiring import REACTIONS
        from cunlian.kernel import outbox

        for domain in (
            "places",
            "places.drawing",
            "accounts",
            "people",
            "people.consent",
            "people.imports",
            "organisations",
            "organisations.choosing",
            "organisations.responsibility",
            "organisations.assignment",
            "organisations.coverage",
            "organisations.visits",
            "cases",
            "cases.disputes",
            "instructions",
            "talent",
            "talent.register",
            "talent.coming_home",
            "talent.learning",
            "talent.mentoring",
            "talent.partners",
        ):
            for room in ("rules", "messages", "figures"):
                if find_spec(f"cunlian.{domain}.{room}"):
                    import_module(f"cunlian.{domain}.{room}")
        # Long work the doors start: the worker has it before it reads any address.
        import_module("cunlian.desk.lists")
        import_module("cunlian.flows.areas")
        outbox.wire(REACTIONS)

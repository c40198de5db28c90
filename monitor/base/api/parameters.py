"""Reading query parameters: declared once, checked and documented from the same declaration."""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from monitor.base.api.fields import CamelCase, WholeNumberField, flat_errors
from monitor.base.api.problems import InputError, InvalidInput
from monitor.base.core.paging import PageRequest

LARGEST_PAGE = 200
USUAL_PAGE = 50


class Parameters(CamelCase):
    """The query parameters of an address. As it stands: none."""

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        """The parameters by their inside names, None for what was not given.

        Raises :class:`InvalidInput` that names all that is wrong.
        """
        parameters = cls(data=None)
        fields = parameters.fields
        data: dict[str, Any] = {}
        errors = [_unknown(name, list(fields)) for name in query if name not in fields]
        for name in (name for name in query if name in fields):
            values = query.getlist(name)
            if isinstance(fields[name], serializers.ListField):
                data[name] = values
            elif len(values) > 1:
                detail = f"De parameter ‘{name}’ staat er {len(values)} keer en kan maar één keer."
                errors.append(InputError(name, "repeated", detail))
            else:
                data[name] = values[0]
        parameters = cls(data=data)
        if not parameters.is_valid():
            for name, detail in parameters.errors.items():
                errors += [InputError(name, code, f"{name}: {text}") for code, text in flat_errors(detail)]
        if errors:
            raise InvalidInput(errors)
        return {str(field.source): None for field in parameters.fields.values()} | dict(parameters.validated_data)


def _unknown(name: str, known: list[str]) -> InputError:
    possible = f"Mogelijk zijn {', '.join(known)}." if known else "Dit adres heeft geen parameters."
    return InputError(name, "unknown", f"De parameter ‘{name}’ bestaat niet. {possible}")


class PageParameters(Parameters):
    """Which page of a list."""

    pagina = WholeNumberField(default=1, min_value=1, help_text="Het nummer van de bladzijde, vanaf 1.")
    pagina_grootte = WholeNumberField(
        default=USUAL_PAGE, min_value=1, max_value=LARGEST_PAGE, help_text="Hoeveel resultaten op een bladzijde staan."
    )


def page_request(chosen: dict[str, Any]) -> PageRequest:
    return PageRequest(chosen["pagina"], chosen["pagina_grootte"])

"""One-off figures in their sentence."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from indicators.core.figures import FactInfo

register = template.Library()


@register.filter
def sentence(fact: FactInfo) -> SafeString:
    """The sentence with its value standing out."""
    before, after = fact.sentence.split("{waarde}", 1)
    value = fact.text if before.strip() else fact.text[:1].upper() + fact.text[1:]
    return format_html("{}<strong>{}</strong>{}", conditional_escape(before), value, conditional_escape(after))

"""Names with Chinese numbers in their order: 第一, 第三, 第七, 第十, 第十二, 第二十; by characters 七 stands before 三."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler

_DIGITS = dict(enumerate("一二三四五六七八九", 1))
# Two signs a number from ten on, the first a letter, for letters follow digits in every collation: 十 is a0, 十三 a3,
# 二十三 first 二a3, then b3.
_REPLACED = (
    *((f"十{digit}", f"a{n}") for n, digit in _DIGITS.items()),
    ("十", "a0"),
    *((f"{digit}a", "abcdefghi"[n - 1]) for n, digit in _DIGITS.items()),
    *((digit, str(n)) for n, digit in _DIGITS.items()),
)


class NumbersInOrder(Func):
    """Of a text: the same with its numbers up to 99 so written that the database sorts by them."""

    arity = 1

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **context: Any) -> Any:
        sql, params = compiler.compile(self.source_expressions[0])
        for numeral, key in _REPLACED:
            sql = f"REPLACE({sql}, '{numeral}', '{key}')"
        return sql, params

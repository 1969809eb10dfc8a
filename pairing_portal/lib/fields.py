"""Model fields for secret numbers (safety D1): sealed values, and a keyed index to search by.

    class Student(Row):
        id_number = EncryptedTextField("身份证号", max_length=18)
        id_number_index = BlindIndexField(source="id_number")

`student.id_number` reads and takes plain text. The row's `public_id` is part of the seal: a query with `only()`
should name `public_id` too, and an upsert must carry the one its row already has. `values()` gives sealed values.
The fields are NULL when empty by themselves: pass neither `null` nor `blank`.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from pairing_portal.lib.crypto import blind_index, open_sealed, seal
from pairing_portal.lib.identifiers import normalise_identifier

if TYPE_CHECKING:  # the stubs' fields are generic, Django's own are not
    _SealedColumn = models.BinaryField[str | None, str]
    _IndexColumn = models.CharField[str | None, str | None]
else:
    _SealedColumn = models.BinaryField
    _IndexColumn = models.CharField


_ROW_ID = "public_id"  # every sealed row has one; see `Row`


class Sealed:
    """A value as the database holds it; its repr tells nothing, and it remembers the text once opened."""

    __slots__ = ("content", "text")

    def __init__(self, content: bytes, text: str | None = None) -> None:
        self.content = content
        self.text = text

    def __repr__(self) -> str:
        return "<sealed>"


class SealedAttribute(DeferredAttribute):
    """The attribute on the model: opens the value the first time it is read."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, owner)
        if not isinstance(value, Sealed):
            return value
        if value.text is None and instance is not None:
            value.text = self.field.opened(value, instance)
        return value.text

    def __set__(self, instance: models.Model, value: str | Sealed | None) -> None:
        if not isinstance(value, str | Sealed | None):
            raise TypeError(f"{self.field.name} takes text, not {type(value).__name__}.")
        instance.__dict__[self.field.attname] = "" if value is None else value


class EncryptedTextField(_SealedColumn):
    """Text under AES-256-GCM, bound to its table, column and row; empty text is NULL and reads as "".

    `max_length` counts characters. Model forms, look-ups other than `isnull`, `QuerySet.update()`,
    `bulk_update()` and serialisation refuse the field by TypeError (forms: FieldError) rather than leak.
    """

    description = "encrypted text"
    descriptor_class = SealedAttribute
    empty_values = [None, ""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "null": True, "blank": kwargs.get("blank", True)})

    def get_default(self) -> str:
        """No number yet."""
        return ""

    def to_python(self, value: Any) -> Any:
        """Text stays text (the binary field would take it for base64)."""
        return value

    def from_db_value(self, value: bytes | memoryview | None, *_args: object) -> Sealed | str:
        """Wrap what the database holds; it is opened only when somebody reads it."""
        return "" if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """Seal the text; an unchanged value goes back as it is, unless it was sealed for another row."""
        text = super().pre_save(model_instance, add)
        value = model_instance.__dict__[self.attname]
        if isinstance(value, Sealed):
            self.opened(value, model_instance)
            return value
        return Sealed(seal(text.encode(), self._aad(model_instance))) if text else None

    def get_prep_value(self, value: Any) -> bytes | None:
        """Let sealed values through, and refuse everything that would be stored or searched in clear."""
        if not isinstance(value, Sealed | None):
            raise TypeError(f"{self.name} is encrypted: save the instance, or search by its blind index.")
        return value.content if value else None

    def value_to_string(self, obj: models.Model) -> str:
        """Secret numbers are not dumped; a backup copies the database itself."""
        raise TypeError(f"{obj._meta.label}.{self.name} is encrypted and is not serialised.")

    def opened(self, value: Sealed, instance: models.Model) -> str:
        """The text of a value read for this row; SealBroken when it belongs elsewhere."""
        return open_sealed(value.content, self._aad(instance)).decode()

    def _aad(self, instance: models.Model) -> bytes:
        public_id = getattr(instance, _ROW_ID)
        if type(public_id) is not UUID:
            public_id = UUID(str(public_id))
        return f"{self.model._meta.db_table}.{self.column}.{public_id}".encode()


class BlindIndexField(_IndexColumn):
    """The keyed index of an encrypted field of the same row; NULL when that is empty.

    It follows its source when the row is validated and saved; `save(update_fields=…)` must name both.
    """

    description = "keyed index"

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": 64, "null": True, "editable": False})
        self.source = source

    def deconstruct(self) -> Any:
        """Keep the source in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def clean(self, value: Any, model_instance: models.Model | None) -> str | None:
        """The index of the present source, so that a uniqueness constraint is checked on it."""
        return value if model_instance is None else self._of(model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """The index of the present source."""
        setattr(model_instance, self.attname, self._of(model_instance))
        index: str | None = super().pre_save(model_instance, add)
        return index

    def _of(self, instance: models.Model) -> str | None:
        return index_of(self.model, self.source, getattr(instance, self.source)) or None


@lru_cache(maxsize=1 << 15)
def index_of(model: type[models.Model], source: str, text: str) -> str:
    """The index to search by, `filter(id_number_index=index_of(Student, "id_number", text))`; "" if empty.

    An import asks for each number's index to compare, to keep and to store it. What is remembered lies in the
    memory that holds the keys.
    """
    normalised = normalise_identifier(text)
    return blind_index(f"{model._meta.db_table}.{source}", normalised) if normalised else ""

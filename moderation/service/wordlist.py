"""WordlistService: what is looked at, and what is done at once; the desk and the store do the work."""

from __future__ import annotations

from moderation.review.desk import PAGE_SIZE
from moderation.review.people import Actor
from moderation.service.errors import Reason, RequestError
from moderation.service.wordlist_translate import (
    BATCH_STATES,
    batch_to_proto,
    change_to_proto,
    difference_to_proto,
    listed_to_proto,
    standing_to_proto,
    version_to_proto,
)
from moderation.store.wordlist_desk import WordlistDesk
from moderation.text.normal import fold
from moderation.v1 import wordlist_service_pb2 as messages

Asked = messages.ListWordlistsRequest | messages.GetWordlistRequest | messages.ListEntriesRequest
AskedVersion = Asked | messages.SearchEntriesRequest | messages.ExportWordlistRequest


class WordlistHandlers:
    """The methods of WordlistService that answer once and soon."""

    def __init__(self, desk: WordlistDesk) -> None:
        self._desk = desk
        self._versions = desk.versions

    def list_wordlists(self, message: messages.ListWordlistsRequest, _: Actor) -> messages.ListWordlistsResponse:
        """Return a page of the lists."""
        version = self.meant(message)
        page = self._desk.wordlists(version, size=message.page_size or PAGE_SIZE, token=message.page_token)
        return messages.ListWordlistsResponse(
            wordlists=map(listed_to_proto, page.items), next_page_token=page.next_token, version=version
        )

    def get_wordlist(self, message: messages.GetWordlistRequest, _: Actor) -> messages.GetWordlistResponse:
        """Return one list."""
        version = self.meant(message)
        found = self._desk.wordlist(message.wordlist, version)
        return messages.GetWordlistResponse(wordlist=listed_to_proto(found), version=version)

    def list_entries(self, message: messages.ListEntriesRequest, _: Actor) -> messages.ListEntriesResponse:
        """Return a page of the lines of a list."""
        version, size = self.meant(message), message.page_size or PAGE_SIZE
        page = self._desk.lines(message.wordlist, version, size=size, token=message.page_token)
        return messages.ListEntriesResponse(
            entries=map(standing_to_proto, page.items), next_page_token=page.next_token, version=version
        )

    def search_entries(self, message: messages.SearchEntriesRequest, _: Actor) -> messages.SearchEntriesResponse:
        """Return a page of the entries that are related to a text."""
        folded = fold(message.text).text.strip()
        if not folded:
            raise RequestError(Reason.FIELD_REQUIRED, "must not be empty", "text")
        version, size = self.meant(message), message.page_size or PAGE_SIZE
        page = self._desk.search(folded, version, size=size, token=message.page_token)
        return messages.SearchEntriesResponse(
            entries=map(standing_to_proto, page.items), next_page_token=page.next_token, version=version
        )

    def drop_batch(self, message: messages.DropBatchRequest, actor: Actor) -> messages.DropBatchResponse:
        """Let a batch never be."""
        dropped = self._versions.drop(actor, message.batch, message.reason, request_id=message.request_id)
        return messages.DropBatchResponse(batch=batch_to_proto(dropped))

    def rollback(self, message: messages.RollbackRequest, actor: Actor) -> messages.RollbackResponse:
        """Restore an earlier version."""
        made = self._versions.rollback(
            actor, message.to_version, message.expected_version, message.reason, request_id=message.request_id
        )
        return messages.RollbackResponse(version=version_to_proto(made))

    def get_batch(self, message: messages.GetBatchRequest, _: Actor) -> messages.GetBatchResponse:
        """Return one batch."""
        return messages.GetBatchResponse(batch=batch_to_proto(self._versions.batch(message.batch)))

    def list_batches(self, message: messages.ListBatchesRequest, _: Actor) -> messages.ListBatchesResponse:
        """Return a page of batches."""
        states = (BATCH_STATES.required(number, f"states[{place}]") for place, number in enumerate(message.states))
        size, token = message.page_size or PAGE_SIZE, message.page_token
        page = self._versions.batches(states=frozenset(states), size=size, token=token)
        return messages.ListBatchesResponse(batches=map(batch_to_proto, page.items), next_page_token=page.next_token)

    def list_changes(self, message: messages.ListChangesRequest, _: Actor) -> messages.ListChangesResponse:
        """Return a page of the changes of a batch."""
        size, token = message.page_size or PAGE_SIZE, message.page_token
        page = self._versions.changes(message.batch, size=size, token=token)
        return messages.ListChangesResponse(changes=map(change_to_proto, page.items), next_page_token=page.next_token)

    def list_versions(self, message: messages.ListVersionsRequest, _: Actor) -> messages.ListVersionsResponse:
        """Return a page of versions."""
        page = self._versions.log(size=message.page_size or PAGE_SIZE, token=message.page_token)
        return messages.ListVersionsResponse(
            versions=map(version_to_proto, page.items), next_page_token=page.next_token
        )

    def diff_versions(self, message: messages.DiffVersionsRequest, _: Actor) -> messages.DiffVersionsResponse:
        """Return a page of what leads from one version to another."""
        size, token = message.page_size or PAGE_SIZE, message.page_token
        page = self._desk.diff(message.from_version, message.to_version, size=size, token=token)
        return messages.DiffVersionsResponse(
            differences=map(difference_to_proto, page.items), next_page_token=page.next_token
        )

    def export(self, message: messages.ExportWordlistRequest, _: Actor) -> bytes:
        """Return a list as a file."""
        return self._desk.export(message.wordlist, self.meant(message)).encode()

    def meant(self, message: AskedVersion) -> int:
        """Return the version that a request means."""
        return self._desk.meant(message.version if message.HasField("version") else None)
